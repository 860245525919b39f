package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.CommandRun;
import dev.remit.server.testing.Cable;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A source that is down, dies in mid-result or is not what was scanned: its statements are refused
/// by name and with the remedy, nothing hangs, and all works again when it is back.
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class SourceTroubleTest {
  private static final String COUNT = "select count(*) from people";
  private static GovernedStack remit;
  private static TestPostgres.Address database;
  private static Cable cable;

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id integer primary key, email text);
        insert into people select i, 'raw' || i || '@example.org' from generate_series(1, 1000) i;
        """);
    cable = new Cable(database.host(), database.port());
    TestPostgres.Address behindCable =
        new TestPostgres.Address(
            "127.0.0.1", cable.port(), database.database(), database.user(), database.password());
    remit.addSource("shop", behindCable);
    remit.apply(
        "shop",
        """
        purposes:
          analytics: {title: Analytics, basis: contract, description: Reports}
        policies:
          - name: people
            tables: [public.people]
            to: {groups: [analysts]}
            for: [analytics]
        """);
    remit.addUser("reader", "analysts");
  }

  @AfterAll
  static void stop() throws IOException {
    remit.close();
    cable.close();
  }

  /// The watch has looked again, and a statement was answered.
  @AfterEach
  void cableIsIn() throws IOException {
    cable.putBack();
    await(() -> remit("source", "list").out().contains("READY") && answers("1000"));
  }

  @Test
  void aSourceThatIsDownIsNotRegisteredAndSaysWhere() throws IOException {
    try (Cable other = new Cable(database.host(), database.port())) {
      other.pull();
      String url = "postgresql://reader@127.0.0.1:" + other.port() + "/" + database.database();
      CommandRun refused = remit("source", "add", "other", url);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err())
          .contains("127.0.0.1:" + other.port())
          .contains("check that it runs and can be reached from here")
          .doesNotContain("reads only")
          .doesNotContain("Exception");
      assertThat(remit("source", "list").out()).doesNotContain("other");
    }
  }

  @Test
  void aSourceThatIsDownAtTheConnectIsNamedAndComesBackByItself() throws Exception {
    cable.pull();
    await(() -> remit("source", "list").out().contains("UNREACHABLE"));
    assertThatThrownBy(SourceTroubleTest::connectAndAsk)
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal -> {
              assertThat(refusal.getSQLState()).isEqualTo("08006");
              assertThat(refusal.getMessage()).contains("the source", "cannot be reached");
            });
    assertThat(remit("status").out()).contains("health          ready");
  }

  @Test
  void aSourceThatDiesInMidResultEndsTheStatementAndTheSessionGoesOn() throws Exception {
    try (Connection connection = remit.connect("reader", "shop", "analytics");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(100);
      ResultSet rows = statement.executeQuery("select a.email from people a, people b, people c");
      assertThat(rows.next()).isTrue();
      cable.pull();
      assertThatThrownBy(() -> readAll(rows))
          .isInstanceOfSatisfying(
              SQLException.class,
              lost -> {
                assertThat(lost.getSQLState()).isEqualTo("08006");
                assertThat(lost.getMessage()).contains("was lost", "try again");
              });
      connection.rollback();
      cable.putBack();
      await(() -> answers("1000"));
      assertThat(one(statement)).isEqualTo("1000");
    }
    await(() -> remit("access", "list", "--refused").out().contains("SOURCE_UNAVAILABLE"));
  }

  @Test
  void aSourceThatDiesWhileAStatementRunsEndsItAndTheRecordSaysSo() throws Exception {
    try (Connection connection = remit.connect("reader", "shop", "analytics");
        Statement statement = connection.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ResultSet> running =
          threads.submit(() ->
              statement.executeQuery("select count(a.email) from people a, people b, people c"));
      await(() -> running.isDone() || busy() > 0);
      cable.pull();
      assertThatThrownBy(running::get)
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, lost -> assertThat(lost.getSQLState()).isEqualTo("08006"));
      cable.putBack();
      await(() -> answers("1000"));
      assertThat(one(statement)).isEqualTo("1000");
    }
    await(() -> explained("count ( a . email )").contains("sqlState     08006"));
  }

  @Test
  void aSchemaThatChangedSinceTheScanIsRefusedWithTheRemedyUntilItIsScanned() throws Exception {
    try (Connection connection = remit.connect("reader", "shop", "analytics");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement)).isEqualTo("1000");
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      database.execute("alter table people add column more text");
      assertThatThrownBy(() -> statement.executeQuery("select 'not yet prepared', id from people"))
          .isInstanceOfSatisfying(
              SQLException.class,
              drifted -> {
                assertThat(drifted.getSQLState()).isEqualTo("55000");
                assertThat(drifted.getMessage()).contains("remit source scan shop");
              });
      await(() -> remit("source", "list").out().contains("DRIFTED"));
      assertThatThrownBy(() -> one(statement)).hasMessageContaining("remit source scan shop");
      CommandRun scanned = remit("source", "scan", "shop");
      assertThat(scanned.exit()).as(scanned.err()).isZero();
      assertThat(scanned.out()).contains("more");
      assertThat(one(statement)).isEqualTo("1000");
    }
  }

  /// Statements of this test that the source is working on.
  private static int busy() {
    try {
      String count =
          remit.direct(
              "shop",
              "select count(*) from pg_stat_activity where state = 'active'"
                  + " and query ilike '%count%people%' and pid <> pg_backend_pid()");
      return Integer.parseInt(count.replace("|", ""));
    } catch (SQLException failure) {
      return 0;
    }
  }

  /// The explanation of the latest access whose statement has this text.
  private static String explained(String text) {
    String id =
        remit("access", "list", "--limit", "50")
            .out()
            .lines()
            .filter(line -> line.contains(text))
            .findFirst()
            .orElseThrow()
            .split(" ", 2)[0];
    return remit("access", "explain", id).out();
  }

  private static void readAll(ResultSet rows) throws SQLException {
    long read = 0;
    while (rows.next()) {
      read++;
    }
    throw new AssertionError("all " + read + " rows came");
  }

  private static String connectAndAsk() throws SQLException {
    try (Connection connection = remit.connect("reader", "shop", "analytics");
        Statement statement = connection.createStatement()) {
      return one(statement);
    }
  }

  private static boolean answers(String count) {
    try {
      return connectAndAsk().equals(count);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static String one(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(COUNT)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static CommandRun remit(String... arguments) {
    return CommandRun.of(
        remit.remit().folder().root(), Map.of("REMIT_SOURCE_PASSWORD", "reads only"), arguments);
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited 20 seconds").isBefore(end);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
