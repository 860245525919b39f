package dev.remit.proxy.edge;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.login.LoginThrottle;
import dev.remit.proxy.session.ProxyEnvironment;
import dev.remit.proxy.upstream.UpstreamPool;
import dev.remit.proxy.wire.StartupMessage;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the connections of one event loop stand on.
///
/// @param pools the event loop's own pool of a source
/// @param mockSecret 32 random bytes of this process, for the salts of unknown users
/// @param onClosed told of each connection that has ended
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EdgeEnvironment(
    ProxyEnvironment environment,
    Settings settings,
    CancelRegistry cancels,
    LoginThrottle throttle,
    Admission admission,
    UserConnections users,
    SecureRandom random,
    byte[] mockSecret,
    Function<SourceName, UpstreamPool> pools,
    Consumer<ClientConnection> onClosed) {

  /// @param tls empty only where plain text on loopback was asked for
  /// @param loginMillis within which a log-in has to be complete
  public record Settings(Optional<TlsUpgrade> tls, boolean tlsRequired, long loginMillis) {}

  UpstreamPool pool(SourceName source) {
    return pools.apply(source);
  }

  void closed(ClientConnection connection) {
    onClosed.accept(connection);
  }

  /// Carries a cancel request out, unless this peer has guessed wrong too often.
  void cancel(StartupMessage.CancelRequest request, String peer) {
    try {
      throttle.begin(peer, "(cancel)");
      if (cancels.cancel(request.processId(), request.secret(), peer)) {
        throttle.abandoned(peer, "(cancel)");
      } else {
        throttle.failed(peer, "(cancel)");
      }
    } catch (RemitException tooMany) {
      // PostgreSQL never answers a cancel request, and neither do we.
      return;
    }
  }
}
