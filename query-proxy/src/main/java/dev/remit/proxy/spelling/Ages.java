package dev.remit.proxy.spelling;

import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.TypeName;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// `age(x)` with one argument. Of a point in time it is the age at midnight today, and is written
/// with both its arguments; of a transaction it would tell how much others write, and there is no
/// form of two arguments for that.
public final class Ages {
  /// The function's name, which must not be called as an attribute: nothing would rewrite it there.
  public static final String NAME = "age";

  private static final long XID = 28;

  /// What PostgreSQL says of frozen rows.
  private static final String OLDEST = "2147483647";

  private Ages() {}

  /// Whether the call is one.
  public static boolean isOne(FunctionCall call) {
    List<String> names = call.name().names;
    boolean builtIn = names.size() == 1 || (names.size() == 2 && names.get(0).equals("pg_catalog"));
    return builtIn
        && names.getLast().equals(NAME)
        && call.arguments().size() == 1
        && call.options().equals(FunctionCall.Options.NONE);
  }

  /// The same age.
  ///
  /// @param type OID of the argument's type, as far as it is known
  public static SqlNode of(FunctionCall call, long type) {
    SqlParserPos position = call.getParserPosition();
    if (type == XID) {
      return new Cast(
          position,
          SqlLiteral.createExactNumeric(OLDEST, SqlParserPos.ZERO),
          TypeName.of("pg_catalog", "int4"));
    }
    SqlNode today =
        new Cast(
            position,
            new Construct(SqlParserPos.ZERO, Construct.Form.SPECIAL_VALUE, "current_date"),
            TypeName.of("pg_catalog", "timestamp"));
    SqlNodeList arguments = new SqlNodeList(position);
    arguments.add(today);
    arguments.add(call.arguments().get(0));
    return FunctionCall.of(
        new SqlIdentifier(List.of("pg_catalog", NAME), call.name().getParserPosition()), arguments);
  }
}
