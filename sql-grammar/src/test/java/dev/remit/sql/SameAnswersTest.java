package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.junit.jupiter.api.Test;

/// Goal: the written text gives the same labels, types and rows as the text that was read. Everyday
/// constructs and TPC-H's 22 questions run both ways on a real PostgreSQL.
class SameAnswersTest {

  @Test
  void everydayConstructsAnswerAlike() throws Exception {
    List<String> statements = statements("constructs.sql");
    assertThat(statements).hasSizeGreaterThan(153);
    assertThat(differences("people.sql", statements)).isEmpty();
  }

  @Test
  void theTwentyTwoQuestionsOfTpcHAnswerAlike() throws Exception {
    List<String> statements = statements("tpch.sql");
    assertThat(statements).hasSize(22);
    assertThat(differences("tpch-schema.sql", statements)).isEmpty();
  }

  @Test
  void writingIsIdempotentAlsoAfterAShuttleRebuiltEveryNode() throws Exception {
    List<String> statements = new ArrayList<>(statements("constructs.sql"));
    statements.addAll(statements("tpch.sql"));
    for (String statement : statements) {
      SqlNode tree = PostgresSql.parseStatement(statement);
      String once = PostgresSql.write(tree);
      assertThat(PostgresSql.write(PostgresSql.parseStatement(once))).isEqualTo(once);
      SqlNode rebuilt = Objects.requireNonNull(tree.accept(new Rebuilding()));
      assertThat(PostgresSql.write(rebuilt)).isEqualTo(once);
    }
  }

  private static List<String> differences(String schema, List<String> statements)
      throws SQLException, IOException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(resource(schema));
    List<String> differences = new ArrayList<>();
    try (Connection connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "?preferQueryMode=simple", database.user(), database.password())) {
      for (String statement : statements) {
        String written = PostgresSql.write(PostgresSql.parseStatement(statement));
        Outcome expected = Outcome.of(connection, statement);
        Outcome actual = Outcome.of(connection, written);
        assertThat(expected.state()).as(statement + expected.shown()).isEmpty();
        if (!expected.equals(actual)) {
          differences.add(statement + "\n" + written + "\n" + expected + "\n" + actual);
        }
      }
    }
    return differences;
  }

  private static List<String> statements(String name) throws IOException {
    List<String> statements = new ArrayList<>();
    for (String statement : resource(name).split("\n;;\n", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(SameAnswersTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Copies every leaf, so that every call above is rebuilt from new operands.
  private static final class Rebuilding extends SqlShuttle {
    @Override
    public SqlNode visit(org.apache.calcite.sql.SqlIdentifier identifier) {
      return new org.apache.calcite.sql.SqlIdentifier(identifier.names, SqlParserPos.ZERO);
    }

    @Override
    public SqlNode visit(org.apache.calcite.sql.SqlLiteral literal) {
      return literal.clone(SqlParserPos.ZERO);
    }
  }
}
