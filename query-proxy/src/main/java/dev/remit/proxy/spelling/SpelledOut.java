package dev.remit.proxy.spelling;

import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.Operation;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Forms in which PostgreSQL looks an operator up by its bare name, written out with the operator
/// qualified: `NULLIF(a, b)` as CASE, `a IS DISTINCT FROM b` as `<>` and the nulls.
public final class SpelledOut {
  private SpelledOut() {}

  /// The same value; refuses operands that would be evaluated twice.
  public static SqlNode of(Construct construct, String schema) {
    SqlNode left = construct.getOperandList().get(0);
    SqlNode right = construct.getOperandList().get(1);
    if (!isPlain(left) || !isPlain(right)) {
      throw Refusal.notSupported(
          construct, "this form on an extension's type, but of columns and constants");
    }
    SqlParserPos position = construct.getParserPosition();
    SqlNode equal = new Operation(position, List.of(schema), "=", left, right);
    if (construct.form() == Construct.Form.NULLIF) {
      return new Construct(
          position,
          Construct.Form.CASE,
          "",
          null,
          list(equal, position),
          list(SqlLiteral.createNull(position), position),
          left);
    }
    SqlNode same =
        new Construct(
            position,
            Construct.Form.OR,
            new Construct(position, Construct.Form.AND, isNull(left), isNull(right)),
            new Construct(position, Construct.Form.IS_TRUE, equal));
    return construct.form() == Construct.Form.IS_NOT_DISTINCT_FROM
        ? same
        : new Construct(position, Construct.Form.NOT, same);
  }

  private static SqlNode isNull(SqlNode value) {
    return new Construct(value.getParserPosition(), Construct.Form.IS_NULL, value);
  }

  /// Whether the value is the same however often it is computed, and cheap.
  public static boolean isRepeatable(SqlNode value) {
    return isPlain(value) || (value instanceof Cast cast && isPlain(cast.value()));
  }

  private static boolean isPlain(SqlNode value) {
    return value instanceof SqlIdentifier
        || value instanceof SqlLiteral
        || value instanceof SqlDynamicParam;
  }

  private static SqlNodeList list(SqlNode item, SqlParserPos position) {
    SqlNodeList list = new SqlNodeList(position);
    list.add(item);
    return list;
  }
}
