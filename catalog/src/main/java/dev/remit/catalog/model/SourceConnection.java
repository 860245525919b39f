package dev.remit.catalog.model;

/// Where a source is and how Remit logs in there. The password shows in no text form.
///
/// @param host name or address, without brackets
/// @param tls how the connection is protected; there is no mode that falls back to plain text
public record SourceConnection(
    String host, int port, String database, String user, String password, Tls tls) {

  /// The `sslmode` values of libpq that keep what they promise.
  public enum Tls {
    /// Plain text: for loopback and for networks that protect it otherwise.
    DISABLE,
    /// Encrypted, the server's certificate is not checked.
    REQUIRE,
    /// Encrypted, the certificate is checked against the JVM's trust store and the host name.
    VERIFY_FULL
  }

  /// The same address with a password.
  public SourceConnection withPassword(String newPassword) {
    return new SourceConnection(host, port, database, user, newPassword, tls);
  }

  @Override
  public String toString() {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }
}
