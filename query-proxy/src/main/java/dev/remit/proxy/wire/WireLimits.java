package dev.remit.proxy.wire;

/// Bounds on what one client may send or hold. Past a bound it is refused at once.
///
/// @param messageBytes one message, header included
/// @param statementBytes the text of one Query or Parse message
/// @param startupBytes the startup packet, as in PostgreSQL
/// @param nameCharacters names of statements and portals
/// @param parameters of one statement
/// @param preparedStatements per session
/// @param portals per session, cursors included
/// @param pipelinedReplies answers outstanding before the client's next message is read
public record WireLimits(
    int messageBytes,
    int statementBytes,
    int startupBytes,
    int nameCharacters,
    int parameters,
    int preparedStatements,
    int portals,
    int pipelinedReplies) {

  /// What holds unless the configuration says otherwise.
  public static WireLimits standard() {
    return new WireLimits(16 << 20, 1 << 20, 10_000, 255, 32_767, 1_000, 100, 2_000);
  }
}
