package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.sql.model.text.Lexeme;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Goal: near everyday statements too, Remit and PostgreSQL accept the same texts with one meaning.
/// Words of the constructs are dropped, doubled, swapped or taken from each other.
class MutationTest {
  private static final int MUTANTS = 4_000;

  /// SQLSTATEs of what Remit may refuse where PostgreSQL understands.
  private static final Set<ErrorCode> REFUSALS =
      Set.of(ErrorCode.FEATURE_NOT_SUPPORTED, ErrorCode.READ_ONLY);

  /// `SELECT 1 LIKE, 2` labels a column "like" without AS; to Remit an operand is missing.
  private static final Pattern OPERATOR_LABEL =
      Pattern.compile("\\b(and|or|is|in|like|ilike|similar|between|collate|at|operator):");

  @Test
  void mutatedStatementsAreUnderstoodAlike() throws Exception {
    Random random = new Random(Long.getLong("remit.mutation.seed", 4L));
    List<List<String>> statements = statements();
    List<String> wrong = new ArrayList<>();
    int understood = 0;
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(resource("people.sql"));
    try (Connection connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "?preferQueryMode=simple&options=-c%20statement_timeout=2000",
            database.user(),
            database.password())) {
      for (int i = 0; i < MUTANTS; i++) {
        String mutant = mutant(random, statements);
        if (writes(mutant)) {
          continue;
        }
        Outcome theirs = run(connection, mutant);
        understood += theirs.failed() ? 0 : 1;
        String difference = difference(connection, mutant, theirs);
        if (!difference.isEmpty()) {
          wrong.add(mutant + "\n    postgres: " + theirs + "\n    remit:    " + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(understood).as("mutants that PostgreSQL understands").isGreaterThan(MUTANTS / 20);
  }

  private static String difference(Connection connection, String mutant, Outcome theirs)
      throws SQLException {
    String written;
    try {
      written = PostgresSql.write(PostgresSql.parseStatement(mutant));
    } catch (RemitException refused) {
      boolean allowed =
          theirs.failed()
              || REFUSALS.contains(refused.code())
              || OPERATOR_LABEL.matcher(theirs.shown()).find();
      return allowed ? "" : refused.getMessage() + refused.details();
    }
    if (theirs.shown().startsWith("syntax error at")) {
      return written;
    }
    Outcome ours = run(connection, written);
    boolean same =
        theirs.failed()
            ? theirs.state().equals(ours.state())
            : theirs.shown().equals(ours.shown()) || unstable(connection, mutant, theirs);
    return same ? "" : written + " " + ours;
  }

  /// Whether PostgreSQL itself answers otherwise when asked again: time, chance, row order.
  private static boolean unstable(Connection connection, String mutant, Outcome before)
      throws SQLException {
    return !run(connection, mutant).equals(before);
  }

  private static Outcome run(Connection connection, String sql) throws SQLException {
    Outcome outcome = Outcome.of(connection, sql);
    if (outcome.failed()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("rollback");
      }
    }
    return outcome;
  }

  private static boolean writes(String mutant) {
    return mutant.contains(" into ") || mutant.contains("for ") || mutant.contains(";");
  }

  private static String mutant(Random random, List<List<String>> statements) {
    List<String> words = new ArrayList<>(statements.get(random.nextInt(statements.size())));
    int changes = 1 + random.nextInt(2);
    for (int i = 0; i < changes && words.size() > 2; i++) {
      int at = 1 + random.nextInt(words.size() - 1);
      switch (random.nextInt(4)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        case 2 -> {
          List<String> other = statements.get(random.nextInt(statements.size()));
          words.set(at, other.get(random.nextInt(other.size())));
        }
        default -> {
          int with = 1 + random.nextInt(words.size() - 1);
          String word = words.get(at);
          words.set(at, words.get(with));
          words.set(with, word);
        }
      }
    }
    return String.join(" ", words);
  }

  private static List<List<String>> statements() throws Exception {
    List<List<String>> statements = new ArrayList<>();
    for (String text : resource("constructs.sql").split("\n;;\n", -1)) {
      List<String> words = new ArrayList<>();
      for (Lexeme lexeme : Tokens.scan(text)) {
        if (lexeme.kind() != Lexeme.Kind.END) {
          words.add(text.substring(lexeme.start(), lexeme.end()));
        }
      }
      statements.add(words);
    }
    return statements;
  }

  private static String resource(String name) throws Exception {
    try (InputStream stream =
        Objects.requireNonNull(MutationTest.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
