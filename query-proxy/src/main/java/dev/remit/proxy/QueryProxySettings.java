package dev.remit.proxy;

import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.wire.WireLimits;
import io.vertx.core.net.KeyCertOptions;
import java.util.Optional;

/// Where the proxy listens and what it lets through.
///
/// @param host address to bind; loopback unless told otherwise
/// @param port 0 = any free one
/// @param tls the server's key and certificate
/// @param plainTextAllowed whether clients may stay without TLS: loopback development only
/// @param maximumConnections of clients; past it 53300
/// @param eventLoops 0 = one per processor
/// @param loginMillis within which a log-in has to be complete
/// @param drainMillis how long a stop waits for what runs
/// @param user what one user may take of it
public record QueryProxySettings(
    String host,
    int port,
    Optional<KeyCertOptions> tls,
    boolean plainTextAllowed,
    int maximumConnections,
    int eventLoops,
    long loginMillis,
    WireLimits limits,
    UserBounds user,
    long drainMillis) {

  /// Loopback, any port, plain text: for development and tests.
  public static QueryProxySettings development(int port) {
    return new QueryProxySettings(
        "127.0.0.1",
        port,
        Optional.empty(),
        true,
        1_000,
        0,
        15_000,
        WireLimits.standard(),
        UserBounds.standard(),
        2_000);
  }

  /// TLS only, with the usual limits.
  public static QueryProxySettings encrypted(
      String host,
      int port,
      KeyCertOptions key,
      int maximumConnections,
      int eventLoops,
      UserBounds user,
      long drainMillis) {
    return new QueryProxySettings(
        host,
        port,
        Optional.of(key),
        false,
        maximumConnections,
        eventLoops,
        15_000,
        WireLimits.standard(),
        user,
        drainMillis);
  }

  /// What the event loops listen on: a negative port is one free port that they share.
  int sharedPort() {
    return port == 0 ? -1 : port;
  }

  int loops() {
    return eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors();
  }
}
