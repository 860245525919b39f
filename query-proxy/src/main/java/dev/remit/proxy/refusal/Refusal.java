package dev.remit.proxy.refusal;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Refusals that point at a place in the client's text. The planner turns `line` and `column` into
/// the character position that clients expect.
public final class Refusal {
  private Refusal() {}

  public static RemitException at(SqlParserPos position, ErrorCode code, String message) {
    if (position.getLineNum() <= 0) {
      return new RemitException(code, message);
    }
    return new RemitException(
        code,
        message,
        Map.of(
            "line", Integer.toString(position.getLineNum()),
            "column", Integer.toString(position.getColumnNum())));
  }

  public static RemitException at(SqlNode node, ErrorCode code, String message) {
    return at(node.getParserPosition(), code, message);
  }

  /// For everything this build does not understand: never passed on, always refused.
  public static RemitException notSupported(SqlNode node, String what) {
    return at(node, ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported here");
  }
}
