package dev.remit.proxy;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.edge.ClientConnection;
import dev.remit.proxy.edge.EdgeEnvironment;
import dev.remit.proxy.edge.TlsUpgrade;
import dev.remit.proxy.upstream.UpstreamPool;
import dev.remit.proxy.wire.TcpLiveness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One event loop of the proxy: accepts clients and owns the connections to the sources that they
/// borrow.
final class ProxyLoop extends VerticleBase {
  private static final long SWEEP_MILLIS = 10_000;
  private static final long IDLE_CHECK_MILLIS = 500;
  private static final long DRAIN_CHECK_MILLIS = 20;

  private final IntConsumer portChosen;
  private final QueryProxySettings settings;
  private final ProxyShared shared;
  private final Map<SourceName, UpstreamPool> pools = new HashMap<>();
  private final Set<ClientConnection> clients = new HashSet<>();
  private @Nullable NetServer server;
  private @Nullable NetClient client;
  private @Nullable EdgeEnvironment edge;

  ProxyLoop(IntConsumer portChosen, QueryProxySettings settings, ProxyShared shared) {
    this.portChosen = portChosen;
    this.settings = settings;
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    client =
        vertx.createNetClient(
            TcpLiveness.sources(
                new NetClientOptions().setConnectTimeout(5_000).setTcpNoDelay(true)));
    edge =
        new EdgeEnvironment(
            shared.environment(),
            new EdgeEnvironment.Settings(
                settings.tls().map(key -> TlsUpgrade.of(vertx, key, settings.loginMillis())),
                !settings.plainTextAllowed(),
                settings.loginMillis()),
            shared.cancels(),
            shared.throttle(),
            shared.admission(),
            shared.users(),
            shared.random(),
            shared.mockSecret(),
            this::pool,
            this::closed);
    vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    vertx.setPeriodic(IDLE_CHECK_MILLIS, ignored -> endIdle());
    NetServerOptions options =
        TcpLiveness.clients(new NetServerOptions().setTcpNoDelay(true).setAcceptBacklog(1_024));
    server = vertx.createNetServer(options).connectHandler(this::accept);
    return server
        .listen(settings.sharedPort(), settings.host())
        .onSuccess(listening -> portChosen.accept(listening.actualPort()))
        .recover(failure ->
            Future.failedFuture(
                new RemitException(
                    ErrorCode.CONFLICT,
                    "the PostgreSQL port "
                        + settings.host()
                        + ":"
                        + settings.port()
                        + " cannot be opened; is it taken? choose another in remit.yaml",
                    failure)));
  }

  /// Ends whoever is idle and, within the settings' time, everybody else when idle; then closes the
  /// port.
  Future<Void> shutDown() {
    Promise<Void> done = Promise.promise();
    long begun = System.nanoTime();
    context.runOnContext(ignored -> drain(begun, done));
    return done.future();
  }

  private void drain(long begunNanos, Promise<Void> done) {
    RemitException reason =
        new RemitException(ErrorCode.SHUTTING_DOWN, "the proxy is shutting down");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    boolean isBusy = false;
    for (ClientConnection connection : List.copyOf(clients)) {
      if (millis < settings.drainMillis() && connection.isBusy()) {
        isBusy = true;
      } else {
        connection.end(reason);
      }
    }
    if (isBusy) {
      vertx.setTimer(DRAIN_CHECK_MILLIS, ignored -> drain(begunNanos, done));
      return;
    }
    Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
    pools.values().forEach(pool -> pool.close(reason));
    closed.onComplete(result -> done.complete());
  }

  /// The next session gets fresh connections; running ones keep theirs to their end.
  void forget(SourceName source) {
    context.runOnContext(ignored -> {
      UpstreamPool pool = pools.remove(source);
      if (pool != null) {
        pool.close(
            new RemitException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "the source's address, password or role has just been changed; try again"));
      }
    });
  }

  private void accept(NetSocket socket) {
    TcpLiveness.probe(socket);
    ClientConnection connection =
        new ClientConnection(java.util.Objects.requireNonNull(edge), vertx, socket);
    clients.add(connection);
    connection.knock();
  }

  private void closed(ClientConnection connection) {
    clients.remove(connection);
  }

  private UpstreamPool pool(SourceName source) {
    return pools.computeIfAbsent(source, this::newPool);
  }

  private UpstreamPool newPool(SourceName source) {
    return new UpstreamPool(
        vertx,
        java.util.Objects.requireNonNull(client),
        shared.environment().blocking(),
        () -> shared.targets().apply(source),
        settings.loops());
  }

  private void endIdle() {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    List.copyOf(clients).forEach(connection -> connection.endIfIdle(now));
  }

  private void sweep() {
    long now = System.currentTimeMillis();
    pools.values().forEach(pool -> pool.closeIdle(now));
  }
}
