package dev.remit.proxy.govern;

import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.TypeName;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The configuration or dictionary in calls such as `to_tsvector('english', body)`. PostgreSQL
/// takes it by name or OID, any the source has; so it must be a constant, and it becomes the one of
/// that name in `pg_catalog`.
public final class TextSearchNames {
  private static final String HEADLINE = "ts_headline";
  private static final String PLAIN_NAME = "(pg_catalog[.])?[a-z_]+";

  /// Function of `pg_catalog` whose first of two or more arguments is a name, and the name's type.
  private static final Map<String, String> TYPES =
      Map.of(
          "to_tsvector", "regconfig",
          "json_to_tsvector", "regconfig",
          "jsonb_to_tsvector", "regconfig",
          "to_tsquery", "regconfig",
          "plainto_tsquery", "regconfig",
          "phraseto_tsquery", "regconfig",
          "websearch_to_tsquery", "regconfig",
          "ts_debug", "regconfig",
          "ts_lexize", "regdictionary");

  private TextSearchNames() {}

  /// The type of name that the call's first argument must be; empty for other functions.
  public static Optional<String> type(String function, FunctionCall call) {
    // json_to_tsvector takes a filter behind the text.
    int without = function.startsWith("json") ? 2 : 1;
    return call.arguments().size() <= without
        ? Optional.empty()
        : Optional.ofNullable(TYPES.get(function));
  }

  /// Takes `::regconfig` off the name, before casts are looked at.
  static void unwrap(FunctionCall call) {
    String function = call.name().names.getLast();
    SqlNodeList arguments = call.arguments();
    if ((type(function, call).isPresent() || function.equals(HEADLINE))
        && arguments.get(0) instanceof Cast cast
        && cast.value() instanceof SqlLiteral
        && cast.type().names().getLast().startsWith("reg")) {
      arguments.set(0, cast.value());
    }
  }

  /// Writes the name in full, in place.
  static void qualify(String function, FunctionCall call) {
    SqlNodeList arguments = call.arguments();
    Optional<String> type = type(function, call);
    if (type.isPresent()) {
      arguments.set(0, named(arguments.get(0), type.get()));
    } else if (function.equals(HEADLINE) && arguments.size() > 2) {
      // The first of three may be the text itself.
      arguments.set(0, headline(arguments.get(0), arguments.size() > 3));
    }
  }

  private static SqlNode headline(SqlNode first, boolean isName) {
    if (first instanceof SqlLiteral && (isName || text(first).strip().matches("[^ ]+"))) {
      return named(first, "regconfig");
    }
    // Nothing that PostgreSQL could still take for a name.
    return first instanceof SqlLiteral || first instanceof SqlDynamicParam
        ? new Cast(first.getParserPosition(), first, TypeName.of("pg_catalog", "text"))
        : first;
  }

  private static SqlNode named(SqlNode name, String type) {
    if (!(name instanceof SqlLiteral)) {
      throw Refusal.notSupported(name, "a text search configuration that is not a constant");
    }
    String text = text(name).strip();
    if (!text.matches(PLAIN_NAME)) {
      throw Refusal.notSupported(name, "a text search configuration of the source's own");
    }
    String last = text.substring(text.indexOf('.') + 1);
    return new Cast(
        name.getParserPosition(),
        SqlLiteral.createCharString("pg_catalog." + last, SqlParserPos.ZERO),
        TypeName.of("pg_catalog", type));
  }

  private static String text(SqlNode literal) {
    String text = ((SqlLiteral) literal).toValue();
    return text == null ? "" : text;
  }
}
