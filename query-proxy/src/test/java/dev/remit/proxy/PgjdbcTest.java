package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: pgjdbc works through the proxy in every mode of its extended protocol, and answers are the
/// ones of a direct connection.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgjdbcTest {
  private ProxyFixture proxy;

  @BeforeAll
  void start() {
    proxy = new ProxyFixture();
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared"})
  void aCursorIsReadByFetchInEveryModeOfTheProtocol(String mode) throws SQLException {
    try (Connection connection = proxy.connect(Map.of("preferQueryMode", mode));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("declare numbers cursor for select n from generate_series(1, 5) n");
      try (PreparedStatement fetch = connection.prepareStatement("fetch 2 from numbers")) {
        assertThat(numbers(fetch.executeQuery())).containsExactly(1, 2);
        assertThat(numbers(fetch.executeQuery())).containsExactly(3, 4);
      }
      assertThat(statement.execute("move 1 from numbers")).isFalse();
      assertThat(numbers(statement.executeQuery("fetch all from numbers"))).isEmpty();
      statement.execute("close numbers");
      connection.commit();
    }
  }

  private static List<Integer> numbers(ResultSet rows) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        numbers.add(rows.getInt(1));
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1", "5"})
  void everyPrepareThresholdGivesTheSameRows(String threshold) throws SQLException {
    try (Connection connection = proxy.connect(Map.of("prepareThreshold", threshold));
        PreparedStatement statement =
            connection.prepareStatement(
                "select ?::int + 1, ?::text, ?::uuid, ?::numeric, ?::timestamptz, null::text")) {
      UUID id = UUID.randomUUID();
      for (int i = 0; i < 8; i++) {
        statement.setInt(1, i);
        statement.setString(2, "täxt " + i);
        statement.setObject(3, id);
        statement.setBigDecimal(4, new java.math.BigDecimal("1.50"));
        statement.setString(5, "2026-01-02 03:04:05+00");
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(i + 1);
          assertThat(rows.getString(2)).isEqualTo("täxt " + i);
          assertThat(rows.getObject(3)).isEqualTo(id);
          assertThat(rows.getBigDecimal(4)).isEqualByComparingTo("1.50");
          assertThat(rows.getTimestamp(5).toInstant()).isEqualTo("2026-01-02T03:04:05Z");
          assertThat(rows.getString(6)).isNull();
          assertThat(rows.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
  void everyQueryModeWorks(String mode) throws SQLException {
    try (Connection connection = proxy.connect(Map.of("preferQueryMode", mode));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from generate_series(1, 1000)")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1000);
    }
  }

  @Test
  void aFetchSizeReadsALargeResultInPortions() throws SQLException {
    try (Connection connection = proxy.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(100);
        try (ResultSet rows = statement.executeQuery("select generate_series(1, 2345)")) {
          int count = 0;
          while (rows.next()) {
            assertThat(rows.getInt(1)).isEqualTo(++count);
          }
          assertThat(count).isEqualTo(2345);
        }
      }
      connection.commit();
    }
  }

  @Test
  void policyValuesAreBoundAfterTheClientsAndStayHidden() throws SQLException {
    try (Connection connection = proxy.connect();
        PreparedStatement statement = connection.prepareStatement("select ?::int /*tail*/")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
      for (int i = 0; i < 7; i++) {
        statement.setInt(1, i);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          assertThat(rows.getInt(1)).isEqualTo(i);
          assertThat(rows.getString(2)).isEqualTo("from policy");
        }
      }
    }
  }

  @Test
  void anErrorLeavesTheConnectionUsable() throws SQLException {
    try (Connection connection = proxy.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select 1/0"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("22012"));
      assertThatThrownBy(() -> statement.executeQuery("select forbidden"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("42P01"));
      assertThatThrownBy(() -> statement.execute("delete from x"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("25006"));
      assertThat(one(connection, "select 7")).isEqualTo("7");
    }
  }

  @Test
  void aTimeoutCancelsTheStatementAtTheSource() throws SQLException {
    ScheduledExecutorService canceller = Executors.newSingleThreadScheduledExecutor();
    try (Connection connection = proxy.connect();
        Statement statement = connection.createStatement()) {
      var unused =
          canceller.schedule(
              () -> {
                statement.cancel();
                return null;
              },
              300,
              TimeUnit.MILLISECONDS);
      long begun = System.nanoTime();
      assertThatThrownBy(() -> statement.executeQuery("select pg_sleep(20)"))
          .isInstanceOfSatisfying(
              SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("57014"));
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(10);
      assertThat(one(connection, "select 8")).isEqualTo("8");
    } finally {
      canceller.shutdownNow();
    }
  }

  @Test
  void savepointsAndRollbackWork() throws SQLException {
    try (Connection connection = proxy.connect()) {
      connection.setAutoCommit(false);
      assertThat(one(connection, "select 1")).isEqualTo("1");
      var savepoint = connection.setSavepoint("s1");
      assertThatThrownBy(() -> one(connection, "select 1/0")).isInstanceOf(SQLException.class);
      connection.rollback(savepoint);
      assertThat(one(connection, "select 2")).isEqualTo("2");
      connection.rollback();
      assertThat(one(connection, "select 3")).isEqualTo("3");
      connection.commit();
    }
  }

  @Test
  void batchesArePipelined() throws SQLException {
    try (Connection connection = proxy.connect();
        Statement statement = connection.createStatement()) {
      List<String> results = new ArrayList<>();
      boolean isRows = statement.execute("select 1; select 2; select 3");
      while (isRows) {
        try (ResultSet rows = statement.getResultSet()) {
          rows.next();
          results.add(rows.getString(1));
        }
        isRows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
      }
      assertThat(results).containsExactly("1", "2", "3");
    }
  }

  @Test
  void wideAndLargeRowsAreTheSameAsDirect() throws SQLException {
    String sql =
        "select i, repeat(chr(65 + i % 26), (i * 7919) % 70000), md5(i::text)"
            + " from generate_series(1, 300) i";
    TestPostgres.Address direct = proxy.database;
    try (Connection through = proxy.connect();
        Connection straight = direct.connect()) {
      assertThat(all(through, sql)).isEqualTo(all(straight, sql));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "with (format csv)",
        "with (format csv, header)",
        "with (format csv, header, force_quote *)",
        "with (header)",
        "with (format binary)"
      })
  void copyWritesWhatADirectCopyWrites(String options) throws Exception {
    String sql =
        "copy (select i, case when i % 3 = 0 then null else E'a\\tb\\\\c\"d,e\\n' || i end as t,"
            + " '' as empty, chr(11) || chr(8) || chr(233) as odd"
            + " from generate_series(1, 50) i) to stdout "
            + options;
    try (Connection through = proxy.connect();
        Connection straight = proxy.database.connect()) {
      assertThat(copied(through, sql)).isEqualTo(copied(straight, sql));
      String nothing = sql.replace("50) i", "0) i");
      assertThat(copied(through, nothing)).isEqualTo(copied(straight, nothing));
      assertThat(one(through, "select 9")).isEqualTo("9");
    }
  }

  /// Message by message, as clients read it.
  private static List<String> copied(Connection connection, String sql) throws Exception {
    var out = connection.unwrap(org.postgresql.PGConnection.class).getCopyAPI().copyOut(sql);
    List<String> messages = new ArrayList<>();
    for (byte[] message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
      messages.add(new String(message, StandardCharsets.ISO_8859_1));
    }
    return messages;
  }

  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static List<List<String>> all(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
      return all;
    }
  }
}
