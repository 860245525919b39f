package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.RemitException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: operators and functions of an extension's type stay the extension's, although the search
/// path upstream is `pg_catalog`; what is not certain is refused, never answered otherwise.
class ExtensionTypesTest {
  private static final String TABLES =
      """
      CREATE EXTENSION citext;
      CREATE EXTENSION hstore;
      CREATE DOMAIN email AS citext CHECK (VALUE LIKE '%@%');
      CREATE TABLE people (id int PRIMARY KEY, mail citext, other email, list citext[], facts hstore);
      INSERT INTO people VALUES
        (1, 'Ann@x.org', 'ann@X.org', '{A,b}', 'a=>1,b=>2'),
        (2, 'BOB@x.org', 'Bob@x.org', '{c}', 'a=>2'),
        (3, 'ann@x.org', 'eve@x.org', '{}', NULL);
      """;
  private static GovernedDatabase people;

  @BeforeAll
  static void start() {
    people = new GovernedDatabase(TABLES, Map.of());
    people.rules.allow("public.people");
  }

  @AfterAll
  static void stop() throws Exception {
    people.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id from people where mail = 'ANN@X.ORG' order by id",
        "select id from people where 'ANN@X.ORG' = mail order by id",
        "select id from people where other = 'ANN@X.ORG' order by id",
        "select id from people where mail <> 'ann@x.org'",
        "select id from people where mail in ('ANN@X.ORG', 'bob@X.org') order by id",
        "select id from people where mail not in ('ANN@X.ORG') order by id",
        "select id from people where mail between 'A' and 'b' order by id",
        "select id from people where mail like 'ann%' order by id",
        "select id from people where mail not ilike 'ann%' order by id",
        "select id from people where mail ~ '^ann' order by id",
        "select id from people where mail::text = 'ann@x.org'",
        "select id from people where mail = 'ANN@X.ORG'::citext order by id",
        "select p.id, q.id from people p join people q on p.mail = q.other order by 1, 2",
        "select id from people where mail in (select other from people) order by id",
        "select id from people where mail = any (select mail from people where id = 3) order by id",
        "select id from people where 'B' = any (list)",
        "select min(mail), max(mail) from people",
        "select mail, count(*) from people group by mail order by mail",
        "select distinct lower(mail) from people order by 1",
        "select count(distinct mail) from people",
        "select id from (select id, coalesce(mail, 'x') as m from people) s where m = 'ANN@x.org'",
        "select id from (select mail as m, id from people union select other, id from people) s"
            + " where m = 'ANN@x.org' order by id",
        "with c as (select min(mail) as m from people) select m = 'ANN@X.ORG' from c",
        "select replace(mail, 'ANN', 'z') from people order by id",
        "select facts -> 'a', facts ? 'b', facts @> 'a=>1' from people order by id",
        "select u from people, unnest(list) as u where u = 'a'",
        "select mail from people order by mail desc, id",
        "select id from people where mail is distinct from 'ANN@X.ORG' order by id",
        "select id from people where mail is not distinct from 'ANN@X.ORG' order by id",
        "select nullif(mail, 'ANN@X.ORG') from people order by id",
        "select akeys(facts), exist(facts, 'a') from people order by id",
      })
  void answersAreTheSources(String sql) {
    assertThat(people.governed(sql)).isEqualTo(people.raw("public", sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select case lower(mail) when 'x' then 1 end from people",
        "select nullif(substr(mail, 1)::citext, 'x') from people",
        "select id from people where (id, mail) = (1, 'x')",
        "select id from people where (id, mail) in (select 1, 'x')",
        "select id from people where (1, 'x') in (select id, mail from people)",
        "select id from people where (1, 'x') in ((id, mail))",
        "select 1 from people p join people q using (mail)",
        "select 1 from people where mail = substr('abc', 1)",
        "select 1 from people where id operator(public.=) 2",
      })
  void whatIsNotCertainIsRefused(String sql) {
    assertThatThrownBy(() -> people.plan(sql)).isInstanceOf(RemitException.class);
  }

  @Test
  void aFunctionOfTheExtensionIsNotACallByName() {
    assertThatThrownBy(() -> people.plan("select public.min(1)"))
        .isInstanceOf(RemitException.class);
    assertThatThrownBy(() -> people.plan("select public.citextin('x')"))
        .isInstanceOf(RemitException.class);
  }
}
