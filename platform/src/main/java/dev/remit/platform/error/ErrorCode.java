package dev.remit.platform.error;

/// The one table of errors a caller can meet: HTTP status, SQLSTATE and whether the same call may
/// succeed when tried again.
///
/// SQLSTATE: PostgreSQL documentation, appendix A; HTTP: RFC 9110; rendered as RFC 9457 problem or
/// as ErrorResponse.
public enum ErrorCode {
  INVALID_REQUEST(400, "08P01", false),
  INVALID_CONFIGURATION(400, "F0000", false),
  UNAUTHENTICATED(401, "28000", false),
  WRONG_PASSWORD(401, "28P01", false),
  FORBIDDEN(403, "42501", false),
  PURPOSE_REQUIRED(403, "42501", false),
  PURPOSE_NOT_OPEN(403, "42501", false),
  UNKNOWN_PURPOSE(400, "22023", false),
  UNKNOWN_SOURCE(404, "3D000", false),
  UNKNOWN_SCHEMA(404, "3F000", false),
  UNKNOWN_TABLE(404, "42P01", false),
  UNKNOWN_COLUMN(404, "42703", false),
  AMBIGUOUS_COLUMN(400, "42702", false),
  INVALID_COLUMN_REFERENCE(400, "42P10", false),
  UNKNOWN_FUNCTION(404, "42883", false),
  UNKNOWN_TYPE(404, "42704", false),
  UNKNOWN_PREPARED_STATEMENT(404, "26000", false),
  DUPLICATE_PREPARED_STATEMENT(409, "42P05", false),
  UNKNOWN_CURSOR(404, "34000", false),
  DUPLICATE_CURSOR(409, "42P03", false),
  DUPLICATE_ALIAS(400, "42712", false),
  UNKNOWN_SAVEPOINT(404, "3B001", false),
  UNKNOWN_SETTING(404, "42704", false),
  INVALID_SETTING(400, "22023", false),
  UNDEFINED_PARAMETER(400, "42P02", false),
  INVALID_ESCAPE(400, "22025", false),
  SYNTAX_ERROR(400, "42601", false),
  STATEMENT_TOO_COMPLEX(400, "54001", false),
  STATEMENT_TOO_LARGE(413, "54000", false),
  FEATURE_NOT_SUPPORTED(400, "0A000", false),
  READ_ONLY(403, "25006", false),
  NO_ACTIVE_TRANSACTION(400, "25P01", false),
  FAILED_TRANSACTION(400, "25P02", false),
  IDLE_IN_TRANSACTION(408, "25P03", true),
  CATALOG_DRIFTED(409, "55000", false),
  DECISION_CHANGED(409, "55000", true),
  RESULT_TYPE_CHANGED(409, "0A000", false),
  UNKNOWN_ENTRY(404, "02000", false),
  CONFLICT(409, "42710", false),
  INVALID_POLICY(422, "42P17", false),
  UNSAFE_SOURCE_ROLE(422, "42501", false),
  METHOD_NOT_ALLOWED(405, "08P01", false),
  UNSUPPORTED_MEDIA_TYPE(415, "08P01", false),
  PAYLOAD_TOO_LARGE(413, "54000", false),
  TOO_MANY_CONNECTIONS(503, "53300", true),
  TOO_MANY_REQUESTS(429, "53400", true),
  QUERY_CANCELED(409, "57014", true),
  SOURCE_UNAVAILABLE(503, "08006", true),
  EVIDENCE_UNAVAILABLE(503, "58030", true),
  STORE_UNAVAILABLE(503, "57P03", true),
  SHUTTING_DOWN(503, "57P01", true),
  PROTOCOL_VIOLATION(400, "08P01", false),
  INTERNAL(500, "XX000", false);

  private final int httpStatus;
  private final String sqlState;
  private final boolean retryable;

  ErrorCode(int httpStatus, String sqlState, boolean retryable) {
    this.httpStatus = httpStatus;
    this.sqlState = sqlState;
    this.retryable = retryable;
  }

  /// HTTP status of the problem document.
  public int httpStatus() {
    return httpStatus;
  }

  /// Five characters, as PostgreSQL clients expect them.
  public String sqlState() {
    return sqlState;
  }

  /// Whether the same call, unchanged, may succeed later.
  public boolean retryable() {
    return retryable;
  }
}
