package dev.remit.server;

import dev.remit.catalog.Catalog;
import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.Author;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.config.RemitConfiguration.Mode;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.crypto.SelfSignedCertificate;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.telemetry.Telemetry;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.PolicySettings;
import dev.remit.proxy.Persons;
import dev.remit.proxy.ProxyAssembly;
import dev.remit.proxy.QueryProxy;
import dev.remit.proxy.QueryProxySettings;
import dev.remit.proxy.model.UserBounds;
import dev.remit.server.governance.Governance;
import dev.remit.server.http.AccessOperations;
import dev.remit.server.http.AdministrationServer;
import dev.remit.server.http.Caller;
import dev.remit.server.http.CatalogOperations;
import dev.remit.server.http.DecisionOperations;
import dev.remit.server.http.GovernanceOperations;
import dev.remit.server.http.ListeningPort;
import dev.remit.server.http.LogOperations;
import dev.remit.server.http.Operation;
import dev.remit.server.http.SourceOperations;
import dev.remit.server.http.TokenOperations;
import dev.remit.server.http.UserOperations;
import dev.remit.server.process.DataFolder;
import dev.remit.server.process.RunningServer;
import dev.remit.server.start.DemoUsers;
import dev.remit.server.start.LocalOperator;
import dev.remit.server.start.Readiness;
import dev.remit.server.start.SampleSource;
import dev.remit.server.start.StartChecks;
import dev.remit.server.start.StoreAddress;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The whole object graph of one tenant on one page, in the order in which it is made. Closing goes
/// the other way round.
public final class Wiring implements AutoCloseable {
  /// Connections to a source are lent within one event loop; with fewer, its clients would queue
  /// while another loop's connections idle.
  private static final int UPSTREAMS_OF_ONE_LOOP = 4;

  private final Closing closing;
  private final RunningServer running;
  private final List<Operation> operations;

  private Wiring(Closing closing, RunningServer running, List<Operation> operations) {
    this.closing = closing;
    this.running = running;
    this.operations = operations;
  }

  /// Starts everything and returns when it answers; a failure on the way closes what was started.
  ///
  /// @param progress told one line for each step that takes time
  public static Wiring start(
      RemitConfiguration configuration, DataFolder folder, Consumer<String> progress) {
    StartChecks.enforce(configuration.mode(), StartChecks.of(configuration));
    Closing closing = new Closing();
    try {
      return start(configuration, folder, progress, closing);
    } catch (RuntimeException failure) {
      closing.close();
      throw failure;
    }
  }

  private static Wiring start(
      RemitConfiguration configuration,
      DataFolder folder,
      Consumer<String> progress,
      Closing closing) {
    boolean development = configuration.mode() == Mode.DEVELOPMENT;
    SecureRandom random = new SecureRandom();
    Telemetry telemetry = closing.add(new Telemetry());
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    closing.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    Blocking blocking = closing.add(new Blocking(vertx));
    StoreAddress address = closing.add(StoreAddress.open(configuration, folder, random, progress));
    Database database = closing.add(database(address, configuration.db()));
    StoreCopies copies = closing.add(new StoreCopies(database, StoreCopies.Settings.DEFAULT));
    ProxyAssembly.Rooms rooms = rooms(copies, configuration.log(), folder, random, closing);
    Governance governance = new Governance(copies, rooms.catalog(), rooms.policy());

    if (development) {
      DemoUsers.ensure(rooms.policy(), folder, random);
      if (configuration.sample().load()) {
        SampleSource.ensure(
            address.embedded(),
            rooms.catalog(),
            governance,
            configuration.sample().customers(),
            progress);
      }
    }
    StartChecks.enforce(
        configuration.mode(), StartChecks.ofStore(DemoUsers.present(rooms.policy())));

    progress.accept("opening the PostgreSQL port " + configuration.wire().port());
    TlsFiles tls = tls(configuration.wire(), folder, rooms.clock(), random);
    QueryProxy proxy =
        closing.add(
            ProxyAssembly.assemble(
                vertx,
                blocking,
                wireSettings(configuration.wire(), tls),
                configuration.wire().upstreams(),
                rooms,
                telemetry.registry()));
    ListeningPort.await(
        proxy.start(), configuration.wire().port(), "the PostgreSQL wire", "REMIT_WIRE_PORT");

    LocalOperator operator = LocalOperator.of(folder, development, random);
    List<Operation> operations = operations(rooms, governance);
    closing.add(
        AdministrationServer.start(
            vertx,
            blocking,
            configuration.http(),
            token -> operator.caller(token).or(() -> caller(rooms.policy(), token)),
            operations,
            new Readiness(copies, rooms.log())::problems,
            telemetry));
    return new Wiring(closing, running(configuration, tls), operations);
  }

  private static Database database(StoreAddress address, RemitConfiguration.Db settings) {
    return new Database(
        address.jdbcUrl(), address.user(), address.password(), settings.connections());
  }

  /// What there is, who may what, what happened.
  private static ProxyAssembly.Rooms rooms(
      StoreCopies copies,
      RemitConfiguration.Log settings,
      DataFolder folder,
      SecureRandom random,
      Closing closing) {
    Clock clock = Clock.systemUTC();
    Database database = copies.database();
    KeyRing keys = closing.add(EmbeddedKeyRing.open(folder.keys(), random));
    EvidenceLog log =
        closing.add(new EvidenceLog(database, keys, clock, EvidenceSettings.of(settings.origin())));
    closing.add(log.keepUp(settings.checkpointEvery(), settings.keepBodies()));
    Catalog catalog =
        closing.add(new Catalog(copies, keys, log::enqueue, clock, Catalog.Settings.DEFAULT));
    PolicyEngine policy =
        closing.add(
            new PolicyEngine(
                copies,
                catalog::snapshot,
                keys,
                log::enqueue,
                clock,
                PolicySettings.DEFAULTS.guarding(Operation.OFFICER)));
    return new ProxyAssembly.Rooms(catalog, policy, log, keys, clock);
  }

  private static List<Operation> operations(ProxyAssembly.Rooms rooms, Governance governance) {
    Catalog catalog = rooms.catalog();
    PolicyEngine policy = rooms.policy();
    return Stream.of(
            new SourceOperations(catalog).operations(),
            new CatalogOperations(catalog).operations(),
            new GovernanceOperations(catalog, policy, governance).operations(),
            new UserOperations(policy).operations(),
            new TokenOperations(policy).operations(),
            new DecisionOperations(catalog, policy).operations(),
            new AccessOperations(rooms.log(), policy, new Persons(catalog, rooms.keys()))
                .operations(),
            new LogOperations(rooms.log()).operations())
        .flatMap(List::stream)
        .toList();
  }

  private static RunningServer running(RemitConfiguration configuration, TlsFiles tls) {
    return RunningServer.ofThisProcess(
        "http://" + configuration.http().host() + ":" + configuration.http().port(),
        configuration.wire().host(),
        configuration.wire().port(),
        tls.certificate().toString());
  }

  private static QueryProxySettings wireSettings(RemitConfiguration.Wire wire, TlsFiles tls) {
    return QueryProxySettings.encrypted(
        wire.host(),
        wire.port(),
        new PemKeyCertOptions()
            .addCertPath(tls.certificate().toString())
            .addKeyPath(tls.key().toString()),
        wire.connections(),
        eventLoops(wire),
        new UserBounds(wire.userShare(), wire.statementTimeout(), wire.idleInTransaction()),
        wire.drain().toMillis());
  }

  private static int eventLoops(RemitConfiguration.Wire wire) {
    int most = Math.max(1, wire.upstreams() / UPSTREAMS_OF_ONE_LOOP);
    return Math.min(most, Runtime.getRuntime().availableProcessors());
  }

  private record TlsFiles(Path certificate, Path key) {}

  private static TlsFiles tls(
      RemitConfiguration.Wire wire, DataFolder folder, Clock clock, SecureRandom random) {
    if (wire.certificate().isPresent() && wire.key().isPresent()) {
      return new TlsFiles(wire.certificate().get(), wire.key().get());
    }
    SelfSignedCertificate made = SelfSignedCertificate.inFolder(folder.tls(), clock, random);
    return new TlsFiles(made.certificate(), made.privateKey());
  }

  private static Optional<Caller> caller(PolicyEngine policy, String token) {
    return policy
        .authenticateToken(token, PolicyEngine.API)
        .map(bearer ->
            new Caller(
                new Author.User(bearer.owner().name(), bearer.token()), bearer.owner().roles()));
  }

  /// How the commands reach it.
  public RunningServer running() {
    return running;
  }

  /// Every operation of the administration interface.
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public void close() {
    closing.close();
  }
}
