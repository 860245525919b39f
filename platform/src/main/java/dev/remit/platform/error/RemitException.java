package dev.remit.platform.error;

import java.util.Map;

/// A caller's mistake or a refusal: says what we were doing and what to do next.
///
/// Thrown anywhere, caught only at the edges. The message and the details reach the caller, so they
/// never hold values of governed data, credentials or another system's internals.
public final class RemitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, String> details;

  /// @param details machine-readable members of the answer, for example `"position" → "15"`
  public RemitException(ErrorCode code, String message, Map<String, String> details) {
    super(message);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public RemitException(ErrorCode code, String message) {
    this(code, message, Map.of());
  }

  public RemitException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.details = Map.of();
  }

  /// What we were doing and what to do next; never null.
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public ErrorCode code() {
    return code;
  }

  public Map<String, String> details() {
    return details;
  }
}
