package dev.remit.server.process;

import java.nio.file.Path;

/// Where everything lies under Remit's data folder.
///
/// @param root `.remit` unless told otherwise
public record DataFolder(Path root) {
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /// The embedded PostgreSQL with its data.
  public Path postgres() {
    return root.resolve("postgres");
  }

  /// The key ring.
  public Path keys() {
    return root.resolve("keys");
  }

  /// The generated TLS certificate.
  public Path tls() {
    return root.resolve("tls");
  }

  /// Password of a demo user.
  public Path demoPassword(String user) {
    return root.resolve("users").resolve(user + ".password");
  }

  /// The administrator's bearer token: whoever reads it administers Remit.
  public Path operatorToken() {
    return root.resolve("operator.token");
  }

  /// The log's public key as the commands met it first: what is checked is checked against it.
  public Path logKey() {
    return root.resolve("log.vkey");
  }

  /// What the running server tells the commands.
  public Path serverState() {
    return root.resolve("server.json");
  }

  /// Output of a detached server.
  public Path serverLog() {
    return root.resolve("server.log");
  }
}
