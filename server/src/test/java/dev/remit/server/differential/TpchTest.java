package dev.remit.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/// The 22 questions of TPC-H, on generated data of scale 0.01, answer through the proxy as at the
/// source.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TpchTest {
  private static final double SCALE = 0.01;

  private GovernedStack remit;
  private TestPostgres.Address database;

  @BeforeAll
  void load() throws Exception {
    database = TestPostgres.createDatabase();
    database.execute(resource("schema.sql"));
    try (Connection connection = database.connect()) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        copy(connection, table);
      }
    }
    database.execute("analyze");
    remit = GovernedStack.start();
    remit.addSource("tpch", database);
    remit.apply(
        "tpch",
        """
        purposes:
          everything: {title: Everything, basis: contract, description: Nothing masked}
        policies:
          - name: all of it
            tables: [public.*]
            to: {groups: [everyone]}
            for: [everything]
        """);
    remit.addUser("reader", "everyone");
  }

  @AfterAll
  void stop() {
    remit.close();
  }

  static Stream<String> questions() throws IOException {
    return Stream.of(resource("queries.sql").split(";\n"))
        .map(text -> text.replaceAll("(?m)^--.*\n", ""))
        .filter(text -> !text.isBlank());
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answersAsTheSource(String question) throws SQLException {
    try (Connection governed = remit.connect("reader", "tpch", "everything");
        Connection direct = database.connect()) {
      Answer wanted = Answer.ofPrepared(direct, question);
      assertThat(wanted.sqlState()).isEqualTo("00000");
      assertThat(Answer.ofPrepared(governed, question)).isEqualTo(wanted);
      assertThat(Answer.of(governed, question)).isEqualTo(wanted);
    }
  }

  private static <E extends TpchEntity> void copy(Connection connection, TpchTable<E> table)
      throws SQLException, IOException {
    StringBuilder lines = new StringBuilder();
    for (E row : table.createGenerator(SCALE, 1, 1)) {
      String line = row.toLine();
      lines.append(line, 0, line.endsWith("|") ? line.length() - 1 : line.length()).append('\n');
    }
    String name = table.getTableName().equals("part_supp") ? "partsupp" : table.getTableName();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy " + name + " from stdin with (delimiter '|')",
            new StringReader(lines.toString()));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = TpchTest.class.getResourceAsStream("/tpch/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
