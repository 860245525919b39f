package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Goal: operators bind as in PostgreSQL's grammar, and what it refuses is refused. Random chains
/// without parentheses become views; PostgreSQL prints both views alike or neither.
class PrecedenceTest {
  private static final int CHAINS = 6_000;
  private static final List<String> SYMBOLS =
      List.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "^",
          "=",
          "<",
          ">",
          "<=",
          ">=",
          "<>",
          "!=",
          "||",
          "#",
          "@>",
          "<<",
          "|",
          "&",
          "->",
          "?",
          "~",
          "!~~",
          "operator(pg_catalog.||)",
          "operator(public.+)",
          "=",
          "+",
          "||");
  private static final List<String> WORDS =
      List.of("and", "or", "and", "or", "is distinct from", "is not distinct from");
  private static final List<String> PREFIXES = List.of("not", "-", "+", "@", "~", "not", "-");
  private static final List<String> SUFFIXES =
      List.of(
          "is null",
          "is not null",
          "isnull",
          "notnull",
          "is true",
          "is not false",
          "is unknown",
          "::text",
          "::text::varchar",
          "collate \"C\"",
          "in ('a', 'b')",
          "not in ('a')",
          "= any (array['a'])",
          "|| all (array['b'])",
          "is json",
          "is not nfc normalized",
          "at time zone 'a'",
          "at local",
          "[1]",
          ".f");

  @Test
  void bindsAsPostgresDoes() throws SQLException {
    Random random = new Random(20_260_101);
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(universe());
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    try (Connection connection =
        DriverManager.getConnection(
            database.jdbcUrl() + "?preferQueryMode=simple", database.user(), database.password())) {
      for (int i = 0; i < CHAINS; i++) {
        String chain = chain(random);
        String expected = view(connection, "select " + chain);
        String actual = ours(connection, chain);
        if (!expected.startsWith("error ")) {
          compared++;
        }
        if (!expected.equals(actual)) {
          wrong.add(chain + "\n    postgres: " + expected + "\n    remit:    " + actual);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).as("chains that PostgreSQL understands").isGreaterThan(CHAINS / 4);
  }

  private static String ours(Connection connection, String chain) throws SQLException {
    String written;
    try {
      written = PostgresSql.write(PostgresSql.parseStatement("select " + chain));
    } catch (RemitException refused) {
      return "error " + refused.code().sqlState();
    }
    return view(connection, written);
  }

  /// PostgreSQL's own print of the analysed statement, or its error's SQLSTATE.
  private static String view(Connection connection, String select) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create view probe as " + select);
      try (ResultSet rows = statement.executeQuery("select pg_get_viewdef('probe')")) {
        rows.next();
        return String.valueOf(rows.getString(1));
      } finally {
        statement.execute("drop view probe");
      }
    } catch (SQLException refused) {
      return "error " + refused.getSQLState();
    }
  }

  private static String chain(Random random) {
    StringBuilder chain = new StringBuilder(operand(random));
    int length = 1 + random.nextInt(4);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(10)) {
        case 0 -> chain.append(" between 'a' and ").append(operand(random));
        case 1 ->
            chain.append(" not between symmetric ").append(operand(random)).append(" and 'z'");
        case 2 ->
            chain
                .append(pick(random, List.of(" like ", " not ilike ", " similar to ")))
                .append(operand(random))
                .append(random.nextInt(3) == 0 ? " escape " + operand(random) : "");
        case 3, 4 ->
            chain.append(' ').append(pick(random, WORDS)).append(' ').append(operand(random));
        case 5 -> chain.append(' ').append(pick(random, SUFFIXES));
        default ->
            chain.append(' ').append(pick(random, SYMBOLS)).append(' ').append(operand(random));
      }
    }
    return chain.toString();
  }

  private static String operand(Random random) {
    StringBuilder operand = new StringBuilder();
    while (random.nextInt(5) == 0) {
      operand.append(pick(random, PREFIXES)).append(' ');
    }
    operand.append("'").append((char) ('a' + random.nextInt(5))).append("'::text");
    while (random.nextInt(6) == 0) {
      operand.append(' ').append(pick(random, SUFFIXES));
    }
    return operand.toString();
  }

  private static String pick(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Every operator of the chains takes and gives text, and text and boolean are each other.
  private static String universe() {
    StringBuilder sql = new StringBuilder();
    sql.append("create cast (text as boolean) with inout as implicit;");
    sql.append("create cast (text as timestamp) with inout as implicit;");
    sql.append("update pg_cast set castcontext = 'i'");
    sql.append(" where castsource = 'boolean'::regtype and casttarget = 'text'::regtype;");
    sql.append("create function two(text, text) returns text language sql as 'select $1';");
    sql.append("create function one(text) returns text language sql as 'select $1';");
    for (String symbol :
        List.of("+", "-", "*", "/", "%", "^", "#", "@>", "<<", "|", "&", "->", "?")) {
      sql.append("create operator ").append(symbol);
      sql.append(" (leftarg = text, rightarg = text, function = two);");
    }
    for (String symbol : List.of("-", "+", "@", "~")) {
      sql.append("create operator ").append(symbol).append(" (rightarg = text, function = one);");
    }
    return sql.toString();
  }
}
