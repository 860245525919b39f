package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.server.process.DataFolder;
import dev.remit.server.process.RunningServer;
import dev.remit.server.testing.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Goal: whatever is killed under load, every row that a client was given is on the record, and the
/// log continues the one of before. Method: kill -9 of the server, of its PostgreSQL, and of both.
class CrashTest {
  private static final int CLIENTS = 4;
  private static final int LEAST_ANSWERS = 100;
  @TempDir private static Path root;
  private static DataFolder folder = new DataFolder(Path.of(""));
  private static Map<String, String> environment = Map.of();

  private enum Victim {
    STORE,
    SERVER,
    SERVER_AND_STORE
  }

  @BeforeAll
  static void start() {
    folder = new DataFolder(root);
    environment =
        Map.of(
            "REMIT_DB_PORT",
            "0",
            "REMIT_HTTP_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_WIRE_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_SAMPLE_CUSTOMERS",
            "100");
    up();
  }

  @AfterAll
  static void stop() {
    CommandRun.of(root, environment, "down");
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerThatWasGivenIsOnTheRecord(Victim victim) throws Exception {
    LogReader log = new LogReader(folder);
    Set<String> answered = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    String checkpoint;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        String name = "m_" + victim.name().toLowerCase(Locale.ROOT) + "_" + client + "_";
        clients.execute(() -> ask(name, answered, over));
      }
      await(() -> answered.size() > LEAST_ANSWERS);
      checkpoint = log.checkpoint();
      int before = answered.size();
      await(() -> answered.size() > before + LEAST_ANSWERS);
      kill(victim);
      over.set(true);
    }
    if (victim == Victim.STORE) {
      await(CrashTest::answers);
    } else {
      assertThat(CommandRun.of(root, environment, "status").exit()).isEqualTo(3);
      up();
    }
    assertThat(answers()).isTrue();
    List<String> recorded = log.statements();
    assertThat(answered)
        .allMatch(
            marker -> recorded.stream().anyMatch(statement -> statement.contains(marker + " ")));
    assertThat(log.requireContinues(checkpoint).size())
        .isGreaterThan(SignedCheckpoint.parse(checkpoint).checkpoint().size());
  }

  /// Asks for clear personal data until it is over; each answer counts once it was read whole.
  private static void ask(String name, Set<String> answered, AtomicBoolean over) {
    int number = 0;
    while (!over.get()) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        while (!over.get()) {
          String marker = name + number++;
          read(statement, "select email as " + marker + " from customers limit 1");
          answered.add(marker);
        }
      } catch (SQLException killed) {
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static boolean answers() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      read(statement, "select email from customers limit 1");
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void read(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        if (rows.getString(1).isEmpty()) {
          throw new SQLException("no e-mail");
        }
      }
    }
  }

  private static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "support");
    properties.setProperty("password", read(folder.demoPassword("support")));
    properties.setProperty("options", "-c remit.purpose=service");
    properties.setProperty("sslmode", "require");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + environment.get("REMIT_WIRE_PORT") + "/crm", properties);
  }

  private static void kill(Victim victim) {
    ProcessHandle server =
        ProcessHandle.of(RunningServer.of(folder).orElseThrow().pid()).orElseThrow();
    ProcessHandle postgres =
        ProcessHandle.of(
                Long.parseLong(
                    read(folder.postgres().resolve("data/postmaster.pid"))
                        .lines()
                        .findFirst()
                        .orElseThrow()))
            .orElseThrow();
    List<ProcessHandle> killed =
        switch (victim) {
          case STORE -> List.of(postgres);
          case SERVER -> List.of(server);
          case SERVER_AND_STORE -> List.of(server, postgres);
        };
    killed.forEach(ProcessHandle::destroyForcibly);
    killed.forEach(process -> process.onExit().join());
  }

  private static void up() {
    CommandRun run = CommandRun.of(root, environment, "up", "--detach");
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new IllegalStateException("could not read " + file, failure);
    }
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited a minute").isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
