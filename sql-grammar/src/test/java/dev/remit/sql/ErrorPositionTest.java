package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.sql.model.text.WrittenSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Goal: a caller finds the fault where PostgreSQL would show it in her own text. Our refusals
/// carry PostgreSQL's message and place; its own errors are mapped back.
class ErrorPositionTest {
  private static final List<String> BROKEN =
      List.of(
          "select 1 +",
          "select 'é😀' from from t",
          "select (1",
          "select 1)",
          "select a b c",
          "select * from t where",
          "select 1 = 2 = 3",
          "select case when 1 then 2",
          "select a from t group by",
          "select 1 limit 1 limit 2",
          "select 1 union order by 1",
          "select * from (t)",
          "select * from t join u",
          "select left from t",
          "select 1a",
          "select 'open",
          "select \"\"",
          "select $1a",
          "select 1 as from from",
          "select f(a,)",
          "select 1 between 2",
          "select interval '1' second to day",
          "select array[1",
          "selec 1",
          "select 1 from t order a",
          "with a as select 1 select 2",
          "values 1",
          "select row(1).a",
          "select 0x",
          "select 1__0",
          "");

  private static final List<String> MISTAKEN =
      List.of(
          "select nothing",
          "select 'é😀', x.y from (select 1) x",
          "select 1 from missing",
          "select * from (select 1 as a) s join missing m on true",
          "select absent(1, 2)",
          "select 1 + 'a'::text",
          "select 'ü', 1 where 'a'::text > 5 + 'b'::date",
          "select 1::nosuchtype",
          "select cast('a' as no.such)",
          "select sum(a), b from (values (1, 2)) v(a, b)",
          "select a from (values (1)) v(a) group by a having b > 1",
          "select a collate \"nope\" from (values ('x')) v(a)",
          "select (select 1, 2)",
          "select 1 union select 'a', 2",
          "select a from (values (1)) v(a), (values (2)) w(a)",
          "select case when 1 then 2 end",
          "select 1 in ('a'::date)",
          "select not 1",
          "select 1 and true",
          "select a from (values (1)) v(a) order by b",
          "select '{}'::jsonb ->> true");

  @Test
  void ourRefusalsStandWherePostgresPutsThem() throws SQLException {
    try (Connection connection = connection()) {
      for (String text : BROKEN) {
        RemitException refused =
            catchThrowableOfType(RemitException.class, () -> PostgresSql.parseStatement(text));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.code()).as(text).isEqualTo(ErrorCode.SYNTAX_ERROR);
        if (!text.isEmpty()) {
          Outcome theirs = Outcome.of(connection, text);
          assertThat(theirs.state()).as(text).isEqualTo("42601");
          assertThat(refused.details())
              .as(text + " " + theirs)
              .isEqualTo(Map.of("position", String.valueOf(theirs.position())));
        }
      }
    }
  }

  @Test
  void postgresErrorsAreMappedBackToTheTextThatWasRead() throws SQLException {
    try (Connection connection = connection()) {
      for (String text : MISTAKEN) {
        Outcome expected = Outcome.of(connection, text);
        WrittenSql written = PostgresSql.writeWithOrigins(PostgresSql.parseStatement(text));
        Outcome actual = Outcome.of(connection, written.text());
        assertThat(actual.state()).as(text).isEqualTo(expected.state());
        assertThat(actual.shown()).as(text).isEqualTo(expected.shown());
        assertThat(written.original(actual.position()).orElse(0))
            .as(text + "\n" + written.text() + "\n" + expected + "\n" + actual)
            .isEqualTo(expected.position());
      }
    }
  }

  private static Connection connection() throws SQLException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    return DriverManager.getConnection(
        database.jdbcUrl() + "?preferQueryMode=simple", database.user(), database.password());
  }
}
