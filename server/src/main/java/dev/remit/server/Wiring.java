package dev.remit.server;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.crypto.SelfSignedCertificate;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.EmbeddedStore;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.telemetry.Telemetry;
import dev.remit.server.http.AdministrationServer;
import dev.remit.server.http.Caller;
import dev.remit.server.http.Operation;
import dev.remit.server.http.TokenOperations;
import dev.remit.server.process.DataFolder;
import dev.remit.server.process.RunningServer;
import dev.remit.server.token.ApiTokens;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The whole object graph of one tenant on one page, in the order in which it is made. Closing goes
/// the other way round.
public final class Wiring implements AutoCloseable {
  private static final String OPERATOR = "operator";

  private final Closing closing;
  private final RunningServer running;

  private Wiring(Closing closing, RunningServer running) {
    this.closing = closing;
    this.running = running;
  }

  /// Starts everything and returns when it answers; a failure on the way closes what was started.
  ///
  /// @param progress told one line for each step that takes time
  public static Wiring start(
      RemitConfiguration configuration, DataFolder folder, Consumer<String> progress) {
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
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    Telemetry telemetry = closing.add(new Telemetry());
    Vertx vertx = Vertx.vertx();
    closing.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    Blocking blocking = closing.add(new Blocking(vertx));
    closing.add(EmbeddedKeyRing.open(folder.keys(), random));
    SelfSignedCertificate certificate = SelfSignedCertificate.inFolder(folder.tls(), clock, random);

    progress.accept("starting PostgreSQL");
    EmbeddedStore server =
        closing.add(EmbeddedStore.start(folder.postgres(), configuration.db().port(), random));
    EmbeddedStore.Access store = server.store();
    Database database =
        closing.add(
            new Database(
                store.jdbcUrl(), store.user(), store.password(), configuration.db().connections()));

    ApiTokens tokens = new ApiTokens(database, clock, random);
    tokens.admit(OPERATOR, PrivateFiles.password(folder.operatorToken(), random));

    List<Operation> operations = new TokenOperations(tokens).operations();
    closing.add(
        AdministrationServer.start(
            vertx,
            blocking,
            configuration.http(),
            token -> caller(tokens, token),
            operations,
            Map::of,
            telemetry));
    return new Wiring(
        closing,
        RunningServer.ofThisProcess(
            "http://" + configuration.http().host() + ":" + configuration.http().port(),
            configuration.wire().host(),
            configuration.wire().port(),
            certificate.certificate().toString()));
  }

  private static Optional<Caller> caller(ApiTokens tokens, String token) {
    return tokens.principal(token).map(name -> new Caller(name, Set.of(name)));
  }

  /// How the commands reach it.
  public RunningServer running() {
    return running;
  }

  @Override
  public void close() {
    closing.close();
  }
}
