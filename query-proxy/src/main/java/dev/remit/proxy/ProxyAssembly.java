package dev.remit.proxy;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.SchemaFingerprint;
import dev.remit.catalog.SourceRole;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.http.Blocking;
import dev.remit.policy.PolicyEngine;
import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.plan.Planner;
import dev.remit.proxy.source.WatchedSources;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamTarget;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins the proxy to the other rooms of one tenant: who asks is known by the policy engine, what
/// there is by the catalog, what happened goes to the log.
public final class ProxyAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyAssembly.class);
  private static final long ASKED_AGAIN_MILLIS = 2_000;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(60);
  private static final Duration CONNECTION_IDLE = Duration.ofMinutes(5);

  private ProxyAssembly() {}

  /// The rooms, all of one tenant.
  public record Rooms(
      Catalog catalog, PolicyEngine policy, EvidenceLog log, KeyRing keys, Clock clock) {}

  /// A proxy that is not started yet.
  ///
  /// @param upstreams most connections to each source
  public static QueryProxy assemble(
      Vertx vertx,
      Blocking blocking,
      QueryProxySettings settings,
      int upstreams,
      Rooms rooms,
      MeterRegistry meters) {
    return assemble(vertx, blocking, settings, upstreams, rooms, rooms.log()::append, meters);
  }

  /// A proxy whose access records go elsewhere than into the rooms' log.
  ///
  /// @param log appends an entry; completes with its index when durable
  public static QueryProxy assemble(
      Vertx vertx,
      Blocking blocking,
      QueryProxySettings settings,
      int upstreams,
      Rooms rooms,
      BiFunction<LogEntry, Urgency, CompletableFuture<Long>> log,
      MeterRegistry meters) {
    Catalog catalog = rooms.catalog();
    PolicyEngine policy = rooms.policy();
    WatchedSources sources = new WatchedSources(catalog);
    Planner planner =
        new Planner(
            catalog::snapshot,
            policy::decide,
            () -> policy.epoch() + sources.version(),
            sources::facts,
            principal ->
                catalog.snapshot().sources().keySet().stream()
                    .flatMap(source -> policy.openPurposes(principal, source).stream())
                    .distinct()
                    .sorted()
                    .toList());
    QueryProxy proxy =
        new QueryProxy(
            vertx,
            blocking,
            settings,
            new QueryProxy.Dependencies(
                planner,
                new PolicyAuthenticator(catalog, policy),
                log,
                source -> target(catalog.connection(source), upstreams, settings.user()),
                Optional.of(
                    new SchemaCheck(
                        SchemaFingerprint.SQL, (source, oid) -> expected(catalog, source, oid))),
                Persons.key(rooms.keys()),
                rooms.clock(),
                meters));
    sources.onMoved(proxy::sourceChanged);
    sources.look();
    new FirstStatements(planner, policy).start(blocking, catalog.snapshot().sources());
    catalog.onChange(() -> look(blocking, sources));
    vertx.setPeriodic(
        ASKED_AGAIN_MILLIS,
        tick -> {
          if (sources.isIncomplete()) {
            look(blocking, sources);
          }
        });
    return proxy;
  }

  private static void look(Blocking blocking, WatchedSources sources) {
    blocking
        .run(() -> {
          sources.look();
          return List.of();
        })
        .onFailure(failure -> LOG.warn("could not ask the sources for their facts", failure));
  }

  private static Optional<String> expected(Catalog catalog, SourceName source, long oid) {
    return catalog
        .snapshot()
        .source(source)
        .map(known -> known.relations().get(oid))
        .map(Relation::fingerprint);
  }

  private static UpstreamTarget target(SourceConnection source, int upstreams, UserBounds user) {
    return new UpstreamTarget(
        source.host(),
        source.port(),
        source.database(),
        source.user(),
        source.password(),
        switch (source.tls()) {
          case DISABLE -> UpstreamTarget.Tls.NONE;
          case REQUIRE -> UpstreamTarget.Tls.REQUIRE;
          case VERIFY_FULL -> UpstreamTarget.Tls.VERIFY_FULL;
        },
        Optional.of(SourceRole.PROBLEMS_SQL),
        upstreams,
        user.shareOf(upstreams),
        CONNECTION_WAIT.toMillis(),
        CONNECTION_IDLE.toMillis());
  }
}
