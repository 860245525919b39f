package dev.remit.proxy.verify;

import dev.remit.proxy.govern.AllowLists;
import dev.remit.proxy.govern.TextSearchNames;
import dev.remit.proxy.govern.TypeTexts;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.TypeName;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlLiteral;

/// Refuses functions, operators, types and object identifiers of the written text that are not on
/// the allow lists, nor granted to this statement.
final class ListedNames {
  private final AllowLists lists;
  private final Expectation expectation;
  private final Predicate<Query> isTemplate;

  /// @param isTemplate tells a governed catalog relation
  ListedNames(AllowLists lists, Expectation expectation, Predicate<Query> isTemplate) {
    this.lists = lists;
    this.expectation = expectation;
    this.isTemplate = isTemplate;
  }

  void checkFunction(FunctionCall call) {
    List<String> names = call.name().names;
    if (expectation.extensionNames().contains(String.join(".", names))) {
      return;
    }
    if (names.equals(List.of("unnest")) && call.arguments().size() > 1) {
      return;
    }
    boolean builtIn = names.size() == 2 && names.get(0).equals("pg_catalog");
    String name = builtIn ? names.get(1) : String.join(".", names);
    if (builtIn && TypeTexts.isOne(name)) {
      checkType(TypeTexts.type(call).orElseThrow(() -> Verifier.failed("a type in a text")));
      return;
    }
    boolean listed =
        (builtIn && lists.isFree(name, call.arguments().size()))
            || lists.is(AllowLists.FunctionClass.HARMLESS, name)
            || (builtIn
                && lists.is(AllowLists.FunctionClass.CATALOG, name)
                && CatalogGuards.isGuard(call.arguments().get(0), isTemplate));
    // Tells nothing, but has the columns that are asked for.
    boolean ofNothing =
        builtIn
            && name.equals("aclexplode")
            && call.arguments().stream()
                .allMatch(node -> node instanceof SqlLiteral literal && literal.getValue() == null);
    boolean named =
        TextSearchNames.type(name, call).isEmpty()
            || (call.arguments().get(0) instanceof Cast cast
                && cast.type().names().getLast().startsWith("reg"));
    boolean ofTransaction = name.equals("age") && call.arguments().size() == 1;
    if (!(listed || ofNothing) || !named || ofTransaction) {
      throw Verifier.failed("function " + name);
    }
  }

  /// Object identifiers come from a governed catalog relation or name PostgreSQL's own objects.
  void checkCast(Cast cast) {
    List<String> names = cast.type().names();
    boolean reference =
        names.size() == 2 && names.get(0).equals("pg_catalog") && names.get(1).startsWith("reg");
    if (!reference) {
      checkType(cast.type());
      return;
    }
    if (!CatalogGuards.isOwn(cast.value()) && !CatalogGuards.isGuard(cast.value(), isTemplate)) {
      throw Verifier.failed("an object identifier");
    }
  }

  void checkOperator(List<String> schema, String symbol) {
    if (expectation.extensionNames().contains(String.join(".", schema) + "." + symbol)) {
      return;
    }
    boolean builtIn = schema.isEmpty() || schema.equals(List.of("pg_catalog"));
    if (!builtIn || !lists.isOperator(symbol)) {
      throw Verifier.failed("operator " + symbol);
    }
  }

  void checkType(TypeName type) {
    List<String> names = type.names();
    boolean known =
        names.size() == 2
            && (names.get(0).equals("pg_catalog")
                ? lists.isType(names.get(1))
                : expectation.userTypes().contains(String.join(".", names)));
    if (!known) {
      throw Verifier.failed("type " + String.join(".", names));
    }
  }
}
