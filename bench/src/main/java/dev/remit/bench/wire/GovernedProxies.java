package dev.remit.bench.wire;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.EmbeddedStore;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.telemetry.Telemetry;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.PolicySettings;
import dev.remit.proxy.ProxyAssembly;
import dev.remit.proxy.QueryProxy;
import dev.remit.proxy.QueryProxySettings;
import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.wire.WireLimits;
import dev.remit.server.governance.Governance;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// Remit's rooms, assembled as the server does it, in this process: one proxy that keeps its log,
/// and one of the same rooms whose log forgets everything at once, so that the log's own cost can
/// be told apart.
final class GovernedProxies implements AutoCloseable {
  static final String USER = "bench_user";
  static final String PASSWORD = "bench password";
  private static final int UPSTREAMS = 16;

  private static final String GOVERNANCE =
      """
      source: bench
      taxonomy:
        contact: {personal: true, description: How to reach a person}
      purposes:
        bench: {title: Benchmark, basis: contract, description: Measures the proxy}
      tables:
        public.persons:
          columns:
            email: {tags: [contact.email]}
      policies:
        - name: everything but the filler
          tables: [public.*]
          to: {groups: [bench]}
          for: [bench]
          masks:
            - {columns: [filler], with: "null"}
      """;

  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final EmbeddedStore store;
  private final int port;
  private final int forgetfulPort;

  /// @param source address of the database to govern, as `postgresql://role@host:port/database`
  GovernedProxies(Path folder, String source, String sourcePassword) throws Exception {
    SecureRandom random = new SecureRandom();
    Clock clock = Clock.systemUTC();
    store = add(EmbeddedStore.start(folder.resolve("postgres"), 0, random));
    EmbeddedStore.Access access = store.store();
    Database database =
        add(new Database(access.jdbcUrl(), access.user(), access.password(), UPSTREAMS));
    KeyRing keys = add(EmbeddedKeyRing.open(folder.resolve("keys"), random));
    EvidenceLog log =
        add(new EvidenceLog(database, keys, clock, EvidenceSettings.of("bench.example")));
    StoreCopies copies = add(new StoreCopies(database, StoreCopies.Settings.DEFAULT));
    Catalog catalog = add(new Catalog(copies, keys, log::enqueue, clock, Catalog.Settings.DEFAULT));
    PolicyEngine policy =
        add(
            new PolicyEngine(
                copies, catalog::snapshot, keys, log::enqueue, clock, PolicySettings.DEFAULTS));
    Author author = Author.AtTheMachine.LOCAL_OPERATOR;
    catalog.addSource(new SourceName("bench"), source, sourcePassword, author);
    catalog.scan(new SourceName("bench"), author);
    new Governance(copies, catalog, policy)
        .apply(Governance.read(GOVERNANCE, Optional.empty()), author);
    policy.addUser(USER, PASSWORD, Set.of("bench"), Map.of(), author);

    ProxyAssembly.Rooms rooms = new ProxyAssembly.Rooms(catalog, policy, log, keys, clock);
    port = start(rooms, log::append);
    forgetfulPort = start(rooms, (entry, urgency) -> CompletableFuture.completedFuture(0L));
  }

  /// Where the proxy that keeps its log listens.
  int port() {
    return port;
  }

  /// Where the proxy that forgets its log listens.
  int forgetfulPort() {
    return forgetfulPort;
  }

  /// Remit's own database, for the cost of one bare commit there.
  EmbeddedStore.Access store() {
    return store.store();
  }

  /// One event loop, as the server runs it, and no TLS, as nobody has it here. Each in a Vert.x of
  /// its own, since servers of one share a port that is left open.
  private int start(
      ProxyAssembly.Rooms rooms, BiFunction<LogEntry, Urgency, CompletableFuture<Long>> log) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    closing.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    Blocking blocking = add(new Blocking(vertx));
    QueryProxySettings settings =
        new QueryProxySettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            true,
            1_000,
            1,
            15_000,
            WireLimits.standard(),
            allToOneUser(),
            0);
    QueryProxy proxy =
        add(
            ProxyAssembly.assemble(
                vertx, blocking, settings, UPSTREAMS, rooms, log, new Telemetry().registry()));
    return proxy.start().toCompletionStage().toCompletableFuture().join();
  }

  /// The pooler beside it gives all its connections to one user too.
  private static UserBounds allToOneUser() {
    UserBounds standard = UserBounds.standard();
    return new UserBounds(100, standard.statement(), standard.idleInTransaction());
  }

  private <T extends AutoCloseable> T add(T room) {
    closing.push(room);
    return room;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("a room of the benchmark did not close", failure);
      }
    }
  }
}
