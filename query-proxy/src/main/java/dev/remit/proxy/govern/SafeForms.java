package dev.remit.proxy.govern;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.govern.AllowLists.FunctionClass;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.spelling.ImpliedLabels;
import dev.remit.proxy.spelling.OneValueSources;
import dev.remit.proxy.systemcatalog.CatalogCalls;
import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.SyntaxNode;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.ValuesRows;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Collation;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.NamedArgument;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.SortItem;
import dev.remit.sql.model.expression.Subscript;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.expression.WindowDefinition;
import dev.remit.sql.model.worded.Worded;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Lets through what is known to be harmless and refuses the rest: functions, operators, types,
/// collations and forms of expression. Qualifies functions with `pg_catalog` on the way.
///
/// The tree is changed in place, from the leaves up.
public final class SafeForms {
  private static final Set<String> COLLATIONS = Set.of("default", "C", "POSIX", "ucs_basic");
  private static final Set<String> SPECIAL_VALUES =
      Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

  private final AllowLists lists;
  private final VisibleTypes types;
  private final CatalogCalls catalogCalls;
  private final ExtensionForms extensions;
  private final Attributes attributes;

  public SafeForms(
      AllowLists lists,
      VisibleTypes types,
      CatalogCalls catalogCalls,
      ExtensionForms extensions,
      Attributes attributes) {
    this.lists = lists;
    this.attributes = attributes;
    this.types = types;
    this.catalogCalls = catalogCalls;
    this.extensions = extensions;
  }

  /// Checks a whole query, in place.
  void check(Query query, Resolution resolution) {
    resolution.attributes().forEach(name -> attributes.require(name, name.names.getLast()));
    extensions.apply(query, resolution);
    safe(query);
  }

  private SqlNode safe(SqlNode node) {
    if (node instanceof SyntaxNode syntax) {
      return safeSyntax(syntax);
    }
    if (node instanceof SqlNodeList list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, safe(list.get(i)));
      }
      return list;
    }
    if (node instanceof SqlIdentifier
        || node instanceof SqlLiteral
        || node instanceof SqlDynamicParam) {
      return node;
    }
    throw Refusal.notSupported(node, "this expression");
  }

  private SqlNode safeSyntax(SyntaxNode node) {
    if (node instanceof Target target && target.label().isEmpty()) {
      return target(target);
    }
    if (node instanceof FunctionCall call) {
      TextSearchNames.unwrap(call);
    }
    String sourceName = node instanceof FromItem.Functions item ? OneValueSources.name(item) : "";
    List<SqlNode> operands = node.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      @Nullable SqlNode operand = operands.get(i);
      if (operand != null) {
        node.setOperand(i, safe(operand));
      }
    }
    if (node instanceof FunctionCall call) {
      return function(call);
    }
    if (node instanceof FromItem.Functions functions) {
      return OneValueSources.asSubquery(functions, sourceName);
    }
    if (node instanceof Operation operation) {
      operator(node, operation.schema(), operation.symbol());
      return node;
    }
    if (node instanceof Quantified quantified) {
      operator(node, quantified.schema(), quantified.symbol());
      return node;
    }
    if (node instanceof FieldAccess access && !access.isStar()) {
      attributes.require(access, access.field());
      return access;
    }
    if (node instanceof SortItem item) {
      if (item.direction() == SortItem.Direction.USING) {
        int last = item.operator().size() - 1;
        operator(node, item.operator().subList(0, last), item.operator().get(last));
      }
      return node;
    }
    if (node instanceof Cast cast) {
      return cast(cast);
    }
    if (node instanceof Collation collation) {
      return collation(collation);
    }
    if (node instanceof Construct construct) {
      return construct(construct);
    }
    if (node instanceof Worded worded) {
      return worded(worded);
    }
    if (node instanceof FromItem.ColumnDefinition definition) {
      definition.setOperand(0, types.qualified((TypeName) definition.type()));
      return definition;
    }
    if (isHarmless(node)) {
      return node;
    }
    throw Refusal.notSupported(node, "this construct");
  }

  /// The functions behind SQL/JSON and XML see their arguments only; the types are looked up.
  private SqlNode worded(Worded call) {
    List<SqlNode> operands = call.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i) instanceof TypeName type) {
        call.setOperand(i, types.qualified(type));
      }
    }
    return call;
  }

  private static boolean isHarmless(SyntaxNode node) {
    return node instanceof Query
        || node instanceof Select
        || node instanceof SetOperation
        || node instanceof ValuesRows
        || node instanceof CommonTable
        || node instanceof Target
        || node instanceof FromItem
        || node instanceof FromItem.FunctionSource
        || node instanceof FieldAccess
        || node instanceof Subscript
        || node instanceof NamedArgument
        || node instanceof WindowDefinition
        || node instanceof TypeName;
  }

  private SqlNode function(FunctionCall call) {
    List<String> names = call.name().names;
    String last = names.get(names.size() - 1);
    boolean builtIn = names.size() == 1 || (names.size() == 2 && names.get(0).equals("pg_catalog"));
    if (extensions.granted().contains(String.join(".", names))) {
      return call;
    }
    if (names.equals(List.of("unnest")) && call.arguments().size() > 1) {
      // Of several arrays, it is syntax of FROM and has no qualified form.
      return call;
    }
    if (builtIn && lists.isFree(last, call.arguments().size())) {
      TextSearchNames.qualify(last, call);
      return qualified(call, last);
    }
    if (builtIn && TypeTexts.isOne(last)) {
      TypeName type =
          TypeTexts.type(call)
              .orElseThrow(
                  () -> Refusal.notSupported(call, "a type that is no constant in " + last));
      TypeTexts.qualify(call, types.qualified(type));
      return qualified(call, last);
    }
    @Nullable SqlNode guarded = catalogCalls.guarded(call).orElse(null);
    if (guarded != null) {
      return guarded;
    }
    if (lists.is(FunctionClass.HARMLESS, builtIn ? last : String.join(".", names))) {
      return builtIn ? qualified(call, last) : call;
    }
    throw Refusal.at(
        call,
        ErrorCode.UNKNOWN_FUNCTION,
        "function "
            + String.join(".", names)
            + " is not among the functions that statements may call");
  }

  private static FunctionCall qualified(FunctionCall call, String name) {
    return call.named(
        new SqlIdentifier(List.of("pg_catalog", name), call.name().getParserPosition()));
  }

  /// A column keeps the label it would have, whatever its expression becomes.
  private SqlNode target(Target target) {
    boolean star =
        (target.expression() instanceof SqlIdentifier identifier && identifier.isStar())
            || (target.expression() instanceof FieldAccess access && access.isStar());
    String label = ImpliedLabels.of(target.expression());
    SqlNode expression = safe(target.expression());
    return star || label.equals(ImpliedLabels.of(expression))
        ? new Target(target.getParserPosition(), expression, null)
        : new Target(target.getParserPosition(), expression, label);
  }

  private void operator(SqlNode at, List<String> schema, String symbol) {
    boolean builtIn = schema.isEmpty() || schema.equals(List.of("pg_catalog"));
    String name = String.join(".", schema) + "." + symbol;
    if (!(builtIn && lists.isOperator(symbol)) && !extensions.granted().contains(name)) {
      throw Refusal.at(
          at,
          ErrorCode.UNKNOWN_FUNCTION,
          "operator " + symbol + " is not among the operators that statements may use");
    }
  }

  private SqlNode cast(Cast cast) {
    @Nullable SqlNode guarded = catalogCalls.guardedCast(cast).orElse(null);
    if (guarded != null) {
      return guarded;
    }
    cast.setOperand(1, types.qualified(cast.type()));
    return cast;
  }

  private static SqlNode collation(Collation collation) {
    List<String> names = collation.name().names;
    String last = names.get(names.size() - 1);
    boolean builtIn = names.size() == 1 || (names.size() == 2 && names.get(0).equals("pg_catalog"));
    boolean known =
        COLLATIONS.contains(last) || last.matches("[A-Za-z]{2,3}([-_@.][A-Za-z0-9-]+)*");
    if (!builtIn || !known) {
      throw Refusal.at(
          collation,
          ErrorCode.UNKNOWN_TYPE,
          "collation \"" + String.join(".", names) + "\" is not available");
    }
    return collation;
  }

  private SqlNode construct(Construct construct) {
    if (construct.form() != Construct.Form.SPECIAL_VALUE) {
      return construct;
    }
    String word = construct.modifier().replaceAll("\\(.*", "").trim();
    if (SPECIAL_VALUES.contains(word)) {
      return construct;
    }
    return catalogCalls
        .guardedValue(construct)
        .orElseThrow(() -> Refusal.notSupported(construct, word));
  }
}
