package dev.remit.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// On a schema of 500 tables of every odd kind, each method of pgjdbc's `DatabaseMetaData` answers
/// through the proxy with the rows that it answers at the source, but for what is told to nobody.
final class DatabaseMetaDataTest {
  /// Names the connection, databases beside this one, and row types of tables.
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("getConnection", "getURL", "getUserName", "getCatalogs", "getTypeInfo");

  private static GovernedStack remit;
  private static TestPostgres.Address database;

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    database = TestPostgres.createDatabase();
    try (InputStream schema =
        Objects.requireNonNull(
            DatabaseMetaDataTest.class.getResourceAsStream("/schemas/estate.sql"))) {
      database.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
    }
    remit.addUser("reader", "everyone");
    Duration scan = time(() -> remit.addSource("estate", database));
    Duration suggest = time(() -> remit.run("policy", "suggest", "estate"));
    remit.apply(
        "estate",
        """
        purposes:
          everything: {title: Everything, basis: contract, description: Nothing masked}
        policies:
          - name: all of it
            tables: ["*.*"]
            to: {groups: [everyone]}
            for: [everything]
        """);
    System.getLogger("measured")
        .log(
            System.Logger.Level.INFO,
            "500 tables with quoted names: scan {0}, suggest {1}",
            scan,
            suggest);
    assertThat(scan).isLessThan(Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void whatIsAskedOfAllTablesIsAnsweredAsAtTheSource() throws Exception {
    List<List<@Nullable Object>> calls = new ArrayList<>();
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getParameterCount() == 0 && !OF_THE_CONNECTION.contains(method.getName())) {
        calls.add(call(method.getName()));
      }
    }
    calls.add(call("getTables", null, null, "%", new String[] {"TABLE", "VIEW"}));
    calls.add(call("getColumns", null, "archive", "%", "%"));
    calls.add(call("getColumns", null, "public", "T 1%", "%o%"));
    calls.add(call("getPrimaryKeys", null, "public", null));
    calls.add(call("getSchemas", null, "%"));
    calls.add(call("getUDTs", null, "Größe & Co", "%", null));
    calls.add(call("getProcedures", null, null, "%"));
    calls.add(call("getFunctionColumns", null, "pg_catalog", "abs%", "%"));
    assertThat(differences(calls)).isEmpty();
  }

  @Test
  void whatIsAskedOfOneTableIsAnsweredAsAtTheSource() throws Exception {
    List<List<@Nullable Object>> calls = new ArrayList<>();
    for (String[] table :
        List.of(
            new String[] {"Größe & Co", "Kunden-Liste"},
            new String[] {"order", "group"},
            new String[] {"archive", "staff"},
            new String[] {"archive", "events"},
            new String[] {"public", "T 30"})) {
      for (String method :
          List.of("getPrimaryKeys", "getImportedKeys", "getExportedKeys", "getVersionColumns")) {
        calls.add(call(method, null, table[0], table[1]));
      }
      calls.add(call("getColumns", null, table[0], table[1], "%"));
      calls.add(call("getIndexInfo", null, table[0], table[1], false, false));
      calls.add(call("getIndexInfo", null, table[0], table[1], true, true));
      calls.add(call("getBestRowIdentifier", null, table[0], table[1], 1, true));
      calls.add(
          call("getCrossReference", null, "Größe & Co", "Kunden-Liste", null, table[0], table[1]));
    }
    assertThat(differences(calls)).isEmpty();
  }

  @Test
  void theReaderIsToldThatSheMayRead() throws Exception {
    try (Connection governed = remit.connect("reader", "estate", "everything")) {
      assertThat(answer(governed, call("getTablePrivileges", null, "order", "group")))
          .last()
          .isEqualTo("estate|order|group|remit|reader|SELECT|NO|");
    }
  }

  @Test
  void resultsNameTheirTablesAndColumns() throws Exception {
    try (Connection governed = remit.connect("reader", "estate", "everything");
        Statement statement = governed.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select \"E-Mail\" as mail from \"Größe & Co\".\"Kunden-Liste\"")) {
      assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("mail");
      assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("varchar");
      assertThat(rows.getMetaData().getPrecision(1)).isEqualTo(80);
    }
  }

  private static List<@Nullable Object> call(@Nullable Object... methodAndArguments) {
    return Arrays.asList(methodAndArguments);
  }

  private static List<String> differences(List<List<@Nullable Object>> calls) throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Connection direct = database.connect();
        Connection governed = remit.connect("reader", "estate", "everything")) {
      for (List<@Nullable Object> call : calls) {
        List<String> wanted = answer(direct, call);
        List<String> got = answer(governed, call);
        List<String> missing = new ArrayList<>(wanted);
        got.forEach(missing::remove);
        List<String> extra = new ArrayList<>(got);
        wanted.forEach(extra::remove);
        if (!missing.isEmpty() || !extra.isEmpty()) {
          differences.add(call + "\n  missing " + missing + "\n  extra " + extra);
        }
      }
    }
    return differences;
  }

  private static List<String> answer(Connection connection, List<@Nullable Object> call)
      throws SQLException {
    @Nullable Object[] arguments = call.subList(1, call.size()).toArray();
    try {
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (method.getName().equals(call.get(0))
            && method.getParameterCount() == arguments.length) {
          Object answer = method.invoke(connection.getMetaData(), arguments);
          return answer instanceof ResultSet rows ? rows(rows) : List.of(String.valueOf(answer));
        }
      }
      throw new IllegalArgumentException("no method " + call);
    } catch (InvocationTargetException failure) {
      return List.of(String.valueOf(failure.getCause()));
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static List<String> rows(ResultSet rows) throws SQLException {
    List<String> answer = new ArrayList<>();
    try (rows) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.append(isTold(columns.getColumnName(i)) ? rows.getString(i) : "").append('|');
        }
        if (isOfTheReader(row.toString())) {
          answer.add(row.toString().replace(database.database() + "|", "estate|"));
        }
      }
    }
    return answer;
  }

  /// Defaults, estimates and PostgreSQL's comments on its own functions are told to nobody.
  private static boolean isTold(String column) {
    return !Set.of("COLUMN_DEF", "CARDINALITY", "PAGES", "REMARKS").contains(column);
  }

  /// Row types of tables, sequences and tables without columns are seen by nobody.
  private static boolean isOfTheReader(String row) {
    return !row.contains("no_columns") && !row.startsWith("\"") && !row.contains("pg_toast");
  }

  private static Duration time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
