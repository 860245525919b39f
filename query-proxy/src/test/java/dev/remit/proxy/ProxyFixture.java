package dev.remit.proxy;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.http.Blocking;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.ScramVerifier;
import dev.remit.proxy.login.Authenticator;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamTarget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A running proxy over a fresh database of the real PostgreSQL, with a pass-through planner, one
/// user and a log in memory whose faults a test can choose.
final class ProxyFixture implements AutoCloseable {
  static final String USER = "analyst";
  static final String OTHER_USER = "marketing";
  static final String PASSWORD = "corréct horse";

  final TestPostgres.Address database = TestPostgres.createDatabase();
  final PassThroughPlanner planner = new PassThroughPlanner();
  final List<LogEntry> log = new CopyOnWriteArrayList<>();
  volatile Function<LogEntry, CompletableFuture<Long>> append = this::appendNow;
  volatile Optional<Instant> loginEnds = Optional.empty();
  volatile Optional<SchemaCheck> schemaCheck = Optional.empty();
  private final AtomicLong index = new AtomicLong();
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx);
  final QueryProxy proxy;

  ProxyFixture() {
    this(UnaryOperator.identity(), UnaryOperator.identity(), Optional.empty());
  }

  ProxyFixture(
      UnaryOperator<QueryProxySettings> settings,
      UnaryOperator<UpstreamTarget> target,
      Optional<SchemaCheck> check) {
    UpstreamTarget standard =
        new UpstreamTarget(
            database.host(),
            database.port(),
            database.database(),
            database.user(),
            database.password(),
            UpstreamTarget.Tls.NONE,
            Optional.empty(),
            16,
            16,
            3_000,
            60_000);
    proxy =
        new QueryProxy(
            vertx,
            blocking,
            settings.apply(QueryProxySettings.development(0)),
            new QueryProxy.Dependencies(
                planner,
                new OneUser(),
                (entry, urgency) -> append.apply(entry),
                source -> target.apply(standard),
                check,
                new byte[32],
                Clock.systemUTC(),
                new SimpleMeterRegistry()));
    proxy.start().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  int port() {
    return proxy.port();
  }

  CompletableFuture<Long> appendNow(LogEntry entry) {
    log.add(entry);
    return CompletableFuture.completedFuture(index.getAndIncrement());
  }

  Connection connect() throws SQLException {
    return connect(Map.of());
  }

  Connection connect(Map<String, String> parameters) throws SQLException {
    return connect(USER, parameters);
  }

  Connection connect(String user, Map<String, String> parameters) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", PASSWORD);
    properties.putAll(parameters);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/crm", properties);
  }

  /// Runs the system's psql with the given input; answers its output and error output together.
  String psql(String input, String... arguments) {
    try {
      java.util.ArrayList<String> command =
          new java.util.ArrayList<>(
              List.of("psql", "-X", "-h", "127.0.0.1", "-p", "" + port(), "-U", USER, "-d", "crm"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("PGPASSWORD", PASSWORD);
      builder.environment().put("PGCLIENTENCODING", "UTF8");
      Process process = builder.start();
      process
          .onExit()
          .orTimeout(20, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException("psql did not run", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while psql ran", interrupted);
    }
  }

  @Override
  public void close() {
    proxy.close();
    blocking.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  /// Verifier of a password, made as PostgreSQL makes it.
  static ScramVerifier verifier(String password) {
    byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    ScramMechanism mechanism = ScramMechanism.SCRAM_SHA_256;
    byte[] salted =
        ScramFunctions.saltedPassword(
            mechanism,
            StringPreparation.POSTGRESQL_PREPARATION,
            password.toCharArray(),
            salt,
            4096);
    byte[] stored =
        ScramFunctions.storedKey(mechanism, ScramFunctions.clientKey(mechanism, salted));
    return new ScramVerifier(salt, 4096, stored, ScramFunctions.serverKey(mechanism, salted));
  }

  private final class OneUser implements Authenticator {
    private final ScramVerifier verifier = verifier(PASSWORD);

    @Override
    public Optional<ScramVerifier> scramVerifier(String user) {
      return Set.of(USER, OTHER_USER).contains(user) ? Optional.of(verifier) : Optional.empty();
    }

    @Override
    public Optional<Principal> principal(String user) {
      return Optional.of(new Principal(user, Set.of(), Set.of(), Map.of()));
    }

    @Override
    public Optional<Instant> loginEnds(String user) {
      return loginEnds;
    }

    @Override
    public List<PurposeCode> openPurposes(Principal principal, SourceName source) {
      return List.of(new PurposeCode("analytics"), new PurposeCode("service"));
    }

    @Override
    public boolean purposeExists(PurposeCode purpose) {
      return !purpose.value().startsWith("no");
    }

    @Override
    public boolean sourceExists(SourceName source) {
      return source.value().equals("crm");
    }
  }
}
