package dev.remit.proxy;

import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.proxy.edge.Admission;
import dev.remit.proxy.edge.CancelRegistry;
import dev.remit.proxy.edge.UserConnections;
import dev.remit.proxy.login.Authenticator;
import dev.remit.proxy.login.LoginThrottle;
import dev.remit.proxy.model.PersonIndex;
import dev.remit.proxy.model.StatementPlanner;
import dev.remit.proxy.record.AccessRecorder;
import dev.remit.proxy.session.ProxyEnvironment;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamTarget;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The PostgreSQL port of one tenant.
///
/// Life: [#start], then clients come and go, then [#close]. Each event loop accepts connections of
/// its own and has its own connections to each source, so that a row crosses no thread.
public final class QueryProxy implements AutoCloseable {

  /// What the proxy asks of the other rooms.
  ///
  /// @param log appends an entry; completes with its index when durable
  /// @param targets where a source is; asked on a virtual thread before each connect
  /// @param personKey 32 bytes derived from the key ring for the person index
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Dependencies(
      StatementPlanner planner,
      Authenticator authenticator,
      BiFunction<LogEntry, Urgency, CompletableFuture<Long>> log,
      Function<SourceName, UpstreamTarget> targets,
      Optional<SchemaCheck> schemaCheck,
      byte[] personKey,
      Clock clock,
      MeterRegistry meters) {}

  private final Vertx vertx;
  private final QueryProxySettings settings;
  private final ProxyShared shared;
  private final ConcurrentLinkedQueue<ProxyLoop> loops = new ConcurrentLinkedQueue<>();
  private volatile int port;

  /// @param vertx stays the caller's to close
  /// @param blocking stays the caller's to close
  public QueryProxy(
      Vertx vertx, Blocking blocking, QueryProxySettings settings, Dependencies dependencies) {
    this.vertx = vertx;
    this.settings = settings;
    if (settings.tls().isEmpty() && !settings.plainTextAllowed()) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "the PostgreSQL port needs a certificate; plain text is for development on loopback");
    }
    AccessRecorder recorder =
        new AccessRecorder(
            dependencies.log(),
            new PersonIndex(dependencies.personKey()),
            dependencies.clock(),
            dependencies.meters());
    SecureRandom random = new SecureRandom();
    this.shared =
        new ProxyShared(
            new ProxyEnvironment(
                dependencies.planner(),
                dependencies.authenticator(),
                recorder,
                dependencies.schemaCheck(),
                settings.limits(),
                settings.user(),
                blocking,
                dependencies.clock()),
            dependencies.targets(),
            new CancelRegistry(random),
            new LoginThrottle(dependencies.clock()),
            new Admission(settings.maximumConnections()),
            new UserConnections(settings.user().shareOf(settings.maximumConnections())),
            random,
            dependencies.meters());
    this.port = settings.port();
  }

  /// Listens; answers the port. A taken port fails with CONFLICT.
  public Future<Integer> start() {
    return vertx
        .deployVerticle(
            () -> {
              ProxyLoop loop = new ProxyLoop(this::portChosen, settings, shared);
              loops.add(loop);
              return loop;
            },
            new DeploymentOptions().setInstances(settings.loops()))
        .map(ignored -> port);
  }

  /// The port it listens on.
  public int port() {
    return port;
  }

  /// Forgets the connections to a source: its address, password or role has changed.
  public void sourceChanged(SourceName source) {
    loops.forEach(loop -> loop.forget(source));
  }

  /// Takes no new clients and no new work (57P01), lets what runs end within the time that the
  /// settings give, then closes.
  @Override
  public void close() {
    shared.admission().stop();
    Future.all(loops.stream().map(ProxyLoop::shutDown).toList())
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(settings.drainMillis() + 20_000, TimeUnit.MILLISECONDS)
        .exceptionally(late -> null)
        .join();
  }

  private void portChosen(int chosen) {
    port = chosen;
  }
}
