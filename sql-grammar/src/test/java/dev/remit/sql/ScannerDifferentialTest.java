package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.sql.scan.Keywords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Goal: no spelling of a word is read differently from PostgreSQL 18. Random scraps of quotes,
/// digits, signs and comments are run in both spellings.
class ScannerDifferentialTest {
  private static final int SCRAPS = 12_000;
  private static final List<String> PIECES =
      List.of(
          "'",
          "'",
          "''",
          "\"",
          "\\",
          "$",
          "$$",
          "$a$",
          "e'",
          "E'",
          "x'",
          "b'",
          "U&'",
          "u&\"",
          "n'",
          "0",
          "1",
          "019",
          "_",
          ".",
          "0x",
          "0b1",
          "1e",
          "E5",
          "+",
          "-",
          "--",
          "/*",
          "*/",
          "/",
          "*",
          "\n",
          " ",
          " ",
          "a",
          "ab",
          "\\x41",
          "\\u0041",
          "\\101",
          "\\n",
          "\\0041",
          "\\+00004a",
          "é",
          "😀",
          "(",
          ")",
          ",",
          "::text",
          " uescape '!'",
          "$1",
          "<",
          ">",
          "=",
          "!=",
          "@",
          "|",
          "%",
          "^");

  @Test
  void readsEverySpellingAsPostgresDoes() throws SQLException {
    Random random = new Random(18);
    List<String> wrong = new ArrayList<>();
    int understood = 0;
    TestPostgres.Address database = TestPostgres.createDatabase();
    try (Connection connection = simple(database)) {
      for (int i = 0; i < SCRAPS; i++) {
        String sql = "select " + scrap(random);
        Outcome theirs = Outcome.of(connection, sql);
        String difference = difference(connection, sql, theirs);
        understood += theirs.failed() ? 0 : 1;
        if (!difference.isEmpty()) {
          wrong.add(sql + "\n    postgres: " + theirs + "\n    remit:    " + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(understood).as("scraps that PostgreSQL understands").isGreaterThan(SCRAPS / 20);
  }

  @Test
  void knowsTheServersKeywords() throws SQLException {
    List<String> theirs = new ArrayList<>();
    try (Connection connection = TestPostgres.createDatabase().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select word, catcode::text, barelabel from pg_get_keywords() order by word")) {
      while (rows.next()) {
        theirs.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getBoolean(3));
      }
    }
    List<String> ours = new ArrayList<>();
    for (String word : Keywords.words().stream().sorted().toList()) {
      Keywords.Keyword keyword = Keywords.of(word);
      String code =
          switch (keyword.category()) {
            case UNRESERVED -> "U";
            case COLUMN_NAME -> "C";
            case TYPE_OR_FUNCTION_NAME -> "T";
            case RESERVED -> "R";
          };
      ours.add(word + " " + code + " " + keyword.bareLabel());
    }
    assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
  }

  /// Empty when both agree: same answer, or both refuse. What PostgreSQL refuses after it has
  /// understood the words (unknown names, types) may be text to us.
  private static String difference(Connection connection, String sql, Outcome theirs)
      throws SQLException {
    String written;
    try {
      written = PostgresSql.write(PostgresSql.parseStatement(sql));
    } catch (RemitException refused) {
      return theirs.failed() ? "" : String.valueOf(refused.getMessage());
    }
    if (theirs.state().equals("42601") && !theirs.shown().startsWith("SELECT * with no tables")) {
      return written;
    }
    Outcome ours = Outcome.of(connection, written);
    boolean same =
        theirs.failed() ? theirs.state().equals(ours.state()) : theirs.shown().equals(ours.shown());
    return same ? "" : written + " " + ours;
  }

  private static String scrap(Random random) {
    StringBuilder scrap = new StringBuilder();
    int length = 1 + random.nextInt(7);
    for (int i = 0; i < length; i++) {
      scrap.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    if (random.nextBoolean()) {
      char quote = scrap.indexOf("\"") >= 0 ? '"' : '\'';
      scrap.append(quote);
    }
    return scrap.toString();
  }

  private static Connection simple(TestPostgres.Address database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl() + "?preferQueryMode=simple", database.user(), database.password());
  }
}
