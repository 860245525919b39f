package dev.remit.proxy.wire;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.buffer.Buffer;

/// One ErrorResponse: severity, SQLSTATE, message and the position in the client's text. Of the
/// source's errors no other field ever leaves the proxy, because each can carry names or values of
/// what is hidden.
///
/// @param severity `ERROR`, `FATAL` or `WARNING`
/// @param position 1-based in characters, 0 = none
public record WireError(String severity, String sqlState, String message, int position) {
  private static final String CLASS_SYNTAX_OR_ACCESS_RULE = "42";

  /// How the refusal of a changed result type begins.
  public static final String RESULT_TYPE_CHANGED = "cached plan must not change result type";

  private static final String PREPARE_AGAIN = "RevalidateCachedQuery";

  /// Our own refusal as the client sees it.
  public static WireError of(RemitException refusal) {
    String text = refusal.getMessage();
    return new WireError(
        "ERROR",
        refusal.code().sqlState(),
        text == null ? refusal.code().name() : text,
        position(refusal.details().get("position")));
  }

  /// As [#of], but the connection ends with it.
  public static WireError fatal(RemitException refusal) {
    WireError error = of(refusal);
    return new WireError("FATAL", error.sqlState, error.message, 0);
  }

  /// Reads an ErrorResponse of the source as it is, for our own log and for [#disclosed].
  public static WireError read(Buffer bytes, int from, int to) {
    MessageFields fields = new MessageFields(bytes, from + FrameReader.HEADER_BYTES, to);
    String severity = "ERROR";
    String sqlState = "XX000";
    String message = "";
    int position = 0;
    for (byte code = fields.int8(); code != 0; code = fields.int8()) {
      String value = fields.string();
      switch (code) {
        case 'V' -> severity = value;
        case 'C' -> sqlState = value;
        case 'M' -> message = value;
        case 'P' -> position = position(value);
        default -> {}
      }
    }
    return new WireError(severity, sqlState, message, position);
  }

  /// What a client may see of this error of the source: everything but the SQLSTATE and the
  /// condition's name is dropped, for messages quote values.
  public WireError disclosed() {
    return new WireError("ERROR", sqlState, ConditionNames.of(sqlState), 0);
  }

  /// The routine's name where drivers go by it, else empty: pgjdbc prepares its statements again
  /// only when a changed result type is told under PostgreSQL's own.
  public String routine() {
    return sqlState.equals(ErrorCode.RESULT_TYPE_CHANGED.sqlState())
            && message.startsWith(RESULT_TYPE_CHANGED)
        ? PREPARE_AGAIN
        : "";
  }

  /// Whether whoever says this closes the connection with it.
  public boolean endsConnection() {
    return severity.equals("FATAL") || severity.equals("PANIC");
  }

  /// Whether the source refused the statement itself, before it saw any row.
  public boolean isAboutStatement() {
    return sqlState.startsWith(CLASS_SYNTAX_OR_ACCESS_RULE);
  }

  /// The condition's name, with a position in the client's text; only for errors of Parse, where
  /// PostgreSQL has read constants but no row.
  public WireError disclosedAt(int newPosition) {
    return new WireError("ERROR", sqlState, ConditionNames.of(sqlState), newPosition);
  }

  /// Keeps the message, with another position; only for errors of Parse.
  public WireError at(int newPosition) {
    return new WireError("ERROR", sqlState, message, newPosition);
  }

  private static int position(@org.jspecify.annotations.Nullable String digits) {
    if (digits == null || digits.isEmpty() || digits.length() > 9) {
      return 0;
    }
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : 0;
  }
}
