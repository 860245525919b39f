package dev.remit.proxy.upstream;

import java.util.Optional;

/// Where a source is, how the proxy logs in, and what it checks there.
///
/// @param connectCheckSql run after each log-in; any row is a problem and the connection is refused
/// @param maximumConnections over all event loops
/// @param maximumOfOneUser how many of them one user may hold at a time
/// @param waitMillis how long a statement waits for a connection before 53300
/// @param idleMillis after which an unused connection is closed
public record UpstreamTarget(
    String host,
    int port,
    String database,
    String user,
    String password,
    Tls tls,
    Optional<String> connectCheckSql,
    int maximumConnections,
    int maximumOfOneUser,
    long waitMillis,
    long idleMillis) {

  /// How the way to the source is protected.
  public enum Tls {
    NONE,
    /// Encrypted, certificate not checked.
    REQUIRE,
    /// Encrypted, certificate and host name checked against the JVM's trust store.
    VERIFY_FULL
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
