package dev.remit.proxy.govern;

import dev.remit.platform.error.RemitException;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.TypeName;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The type in calls such as `pg_input_is_valid('12', 'integer')`. PostgreSQL reads it from the
/// text, any type the source has; so it must be a constant, and a type that a cast may name.
public final class TypeTexts {
  private static final Set<String> FUNCTIONS = Set.of("pg_input_is_valid", "pg_input_error_info");

  private TypeTexts() {}

  /// Whether the function of `pg_catalog` takes a type's name as its second argument.
  public static boolean isOne(String function) {
    return FUNCTIONS.contains(function);
  }

  /// The type that the call names; empty when it is no constant, or not one type.
  public static Optional<TypeName> type(FunctionCall call) {
    if (call.arguments().size() != 2
        || !(call.arguments().get(1) instanceof SqlLiteral literal)
        || !(literal.getValue() instanceof org.apache.calcite.util.NlsString)) {
      return Optional.empty();
    }
    try {
      String text = literal.getValueAs(String.class);
      SqlNode cast = PostgresSql.parseExpression("CAST(NULL AS " + text + ")");
      return cast instanceof Cast one && one.value() instanceof SqlLiteral
          ? Optional.of(one.type())
          : Optional.empty();
    } catch (RemitException unreadable) {
      return Optional.empty();
    }
  }

  /// Writes the type in full, in place. The text loses its position: it was looked at, so a kept
  /// plan must not take another in its place.
  static void qualify(FunctionCall call, TypeName type) {
    call.arguments()
        .set(1, SqlLiteral.createCharString(PostgresSql.write(type), SqlParserPos.ZERO));
  }
}
