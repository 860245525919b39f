package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Goal: a user who asks for as much work as she can get takes her share of the connections to a
/// source; another one is served at once, and her own statements wait instead of failing.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeavyUserTest {
  private static final String HEAVY =
      "select count(*) from numbers a, numbers b, numbers c where a.n + b.n + c.n < 0";
  private static final int UPSTREAMS = 4;
  private static final int SHARE = 3;

  private static GovernedStack stack;

  @BeforeAll
  static void start() throws IOException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        "create table numbers as select n from generate_series(1, 2000) n; analyze numbers");
    stack =
        GovernedStack.start(
            Map.of(
                "REMIT_WIRE_UPSTREAMS", "" + UPSTREAMS,
                "REMIT_WIRE_CONNECTIONS", "12",
                "REMIT_WIRE_STATEMENT_TIMEOUT", "PT20S"));
    stack.addSource("shop", database);
    stack.apply(
        "shop",
        """
        purposes:
          work: {title: Work, basis: contract, description: to test}
        tables:
          public.numbers: {columns: {n: {tags: []}}}
        policies:
          - name: numbers
            tables: [public.numbers]
            columns: ['*']
            to: {groups: [staff]}
            for: [work]
        """);
    stack.addUser("heavy", "staff");
    stack.addUser("other", "staff");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void anotherUserIsServedWhileOneFillsHerShare() throws Exception {
    List<Connection> connections = new ArrayList<>();
    List<Statement> statements = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection other = stack.connect("other", "shop", "work")) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Connection connection = stack.connect("heavy", "shop", "work");
        connections.add(connection);
        Statement statement = connection.createStatement();
        statements.add(statement);
        answers.add(threads.submit(() -> answer(statement, HEAVY)));
      }
      await(() -> running() == SHARE);

      Instant asked = Instant.now();
      for (int i = 0; i < 5; i++) {
        assertThat(one(other, "select count(*) from numbers")).isEqualTo("2000");
      }
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
      assertThat(running()).isEqualTo(SHARE);

      for (Statement statement : statements) {
        statement.cancel();
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57014");
      }
      assertThat(one(connections.getFirst(), "select 1")).isEqualTo("1");
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  @Test
  void noSessionLiftsTheBoundOfAStatementsTime() throws Exception {
    try (Connection heavy = stack.connect("heavy", "shop", "work");
        Statement statement = heavy.createStatement()) {
      statement.execute("set statement_timeout = 0");
      assertThat(one(heavy, "show statement_timeout")).isEqualTo("20s");
      statement.execute("set statement_timeout = '200ms'");
      assertThat(answer(statement, HEAVY)).isEqualTo("57014");
    }
    assertThat(
            stack.psql(
                "heavy",
                "shop",
                "work",
                "set statement_timeout to 0; "
                    + "show statement_timeout; show idle_in_transaction_session_timeout;"))
        .contains("20s", "5min");
  }

  @Test
  void whoOpensTooManyConnectionsIsToldAndOthersComeIn() throws Exception {
    List<Connection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < 9; i++) {
        connections.add(stack.connect("heavy", "shop", "work"));
      }
      assertThatThrownBy(() -> stack.connect("heavy", "shop", "work"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("53300"))
          .hasMessageContaining("9 connections");
      try (Connection other = stack.connect("other", "shop", "work")) {
        assertThat(one(other, "select 1")).isEqualTo("1");
      }
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static void await(Condition condition) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(15));
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static int running() throws SQLException {
    String count =
        stack.direct(
            "shop",
            "select count(*) from pg_stat_activity where application_name = 'remit'"
                + " and state = 'active' and datname = current_database() and query ~ 'numbers'");
    return Integer.parseInt(count.replace("|", ""));
  }

  /// The first value, or the SQLSTATE of the refusal.
  private static String answer(Statement statement, String sql) {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException refusal) {
      return refusal.getSQLState();
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return answer(statement, sql);
    }
  }
}
