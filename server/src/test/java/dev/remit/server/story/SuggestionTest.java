package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: `policy suggest` on a schema nobody has seen writes a file that is in force as it stands:
/// every table is there, with every row, and no personal value.
class SuggestionTest {
  private static final String SCHEMA =
      """
      create schema "Größe & Co";
      create type mood as enum ('sad', 'ok');
      create table "Größe & Co"."Kunden-Liste" (
        "Kunden Nr" int, "select" int, "E-Mail" text, "Geburtsdatum" date, "Stimmung" mood,
        "user" text[], extra jsonb, "Größe" numeric(5, 2),
        voll text generated always as ("E-Mail" || '!') stored,
        primary key ("Kunden Nr", "select"));
      insert into "Größe & Co"."Kunden-Liste"
      select i, -i, 'kundin' || i || '@example.org', date '1980-05-01' + i, 'ok',
             array['a', 'b'], '{"a": 1}', 1.75 from generate_series(1, 50) i;
      create table public."order" (
        "from" int, "group" int, "desc" text, primary key ("from", "group"),
        foreign key ("from", "group") references "Größe & Co"."Kunden-Liste");
      insert into public."order" select i, -i, 'thing ' || i from generate_series(1, 50) i;
      create table public.nokey (email varchar(40), "Telefon" varchar(20), ip inet);
      insert into public.nokey
      select 'p' || i || '@example.com', '+49 30 1234' || (1000 + i), '10.0.0.1'
      from generate_series(1, 50) i;
      create table public.parted (k int, mail text, at date) partition by range (at);
      create table public.parted_1 partition of public.parted
        for values from ('2020-01-01') to ('2021-01-01');
      create table public.parted_2 partition of public.parted
        for values from ('2021-01-01') to ('2022-01-01');
      insert into public.parted select i, 'q' || i || '@example.net', date '2020-11-20' + i
      from generate_series(1, 100) i;
      create table public.self (id int primary key, parent int references public.self);
      insert into public.self values (1, 1);
      create view public."View Of" as
        select "E-Mail" as mail, "Größe" from "Größe & Co"."Kunden-Liste" where "select" < 0;
      create table public.empty ();
      grant usage on schema "Größe & Co" to public;
      grant select on all tables in schema "Größe & Co" to public\
      """;

  @TempDir private Path folder;

  @Test
  void theSuggestedFileIsInForceAsItStandsAndShowsNobody() throws Exception {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(SCHEMA);
    try (GovernedStack stack = GovernedStack.start()) {
      stack.addSource("odd", database);
      String suggested = stack.run("policy", "suggest", "odd");
      Path file = Files.writeString(folder.resolve("odd.yaml"), suggested);
      stack.run("policy", "plan", file.toString());
      stack.run("policy", "apply", file.toString());
      stack.addUser("ana", "analysts");
      try (Connection connection = stack.connect("ana", "odd", "analytics");
          Statement statement = connection.createStatement()) {
        for (String table :
            List.of(
                "\"Größe & Co\".\"Kunden-Liste\"",
                "public.\"order\"",
                "public.nokey",
                "public.parted",
                "public.parted_1",
                "public.self",
                "public.\"View Of\"")) {
          String count = "select count(*) from " + table;
          assertThat(row(statement, count) + "|").as(table).isEqualTo(stack.direct("odd", count));
          String shown = String.join("\n", rows(statement, "select * from " + table));
          assertThat(shown).as(table).isNotEmpty().doesNotContain("@").doesNotContain("+49");
        }
        assertThat(
                row(
                    statement,
                    """
                    select "E-Mail", "Geburtsdatum", "Stimmung", "user", extra, "Größe"
                    from "Größe & Co"."Kunden-Liste" where "Kunden Nr" = 7\
                    """))
            .matches("[A-Za-z0-9_-]{43}\\|1980-01-01\\|ok\\|\\{a,b}\\|\\{\"a\": 1}\\|1.75");
        assertThat(
                row(
                    statement,
                    """
                    select count(*) from "Größe & Co"."Kunden-Liste" k
                    join public."order" o on (o."from", o."group") = (k."Kunden Nr", k."select")\
                    """))
            .isEqualTo("50");
      }
    }
  }

  private static String row(Statement statement, String sql) throws SQLException {
    return rows(statement, sql).getFirst();
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    }
  }
}
