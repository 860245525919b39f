package dev.remit.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.policy.model.Principal;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.testing.RealSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: what the checker lets through runs on PostgreSQL and means what it says; all else is
/// refused when loaded.
class ExpressionsTest {
  private static final RealSource SOURCE =
      new RealSource(
          """
          create extension citext;
          create type state as enum ('open', 'closed');
          create table t (id int, region text, code char(3), name varchar(20), mail citext,
            born date, seen timestamptz, made timestamp, amount numeric(10,2), score float8,
            active bool, status state, doc jsonb, key uuid, "Odd ""Name" text);
          insert into t values (1, 'EU', 'DE', 'Anna', 'Anna@Example.org', '1990-01-02',
            '2024-01-02Z', '2024-01-02', 10.50, 1.5, true, 'open', '{}',
            '6f4e0f52-5b3e-4b52-9a3c-1f4f6a2b9f10', 'x'),
            (2, 'US', 'US', null, 'bob@example.org', '2010-01-02', null, null, -1, 0.5, false,
            'closed', null, null, null)\
          """);

  private static SqlExpression filter(String text, Map<String, String> attributes) {
    Principal principal = new Principal("ann", Set.of(), Set.of(), attributes);
    return Expressions.filter(PolicyText.read(text), SOURCE.table("t"), principal);
  }

  private static String ids(SqlExpression filter) {
    return String.join(
        ",", SOURCE.query("select id from t where " + SOURCE.inline(filter) + " order by id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "region = 'EU'|1",
        "region <> 'EU'|2",
        "'US' = region|2",
        "region in ('EU', 'US')|1,2",
        "region not in ('EU')|2",
        "code = 'DE'|1",
        "mail = 'ANNA@example.org'|1",
        "name is null|2",
        "name is not null and (id = 1 or id = 2)|1",
        "not (id = 1)|2",
        "id between 2 and 5|2",
        "id not between 2 and 5|1",
        "name like 'An%'|1",
        "name ilike 'an%'|1",
        "name not like 'B%'|1",
        "born < '2000-01-01'|1",
        "seen >= '2024-01-01'|1",
        "amount > 10|1",
        "amount < 0.5|2",
        "amount + 1 > score * 2|1",
        "- amount = 1|2",
        "score = 1.5|1",
        "active|1",
        "active is not true|2",
        "status = 'open'|1",
        "status in ('closed')|2",
        "key = '6f4e0f52-5b3e-4b52-9a3c-1f4f6a2b9f10'|1",
        "lower(region) = 'eu'|1",
        "length(name) = 4|1",
        "substring(region, 1, 1) = 'U'|2",
        "coalesce(name, 'none') = 'none'|2",
        "left(name, 2) || '!' = 'An!'|1",
        "case when id = 1 then region else 'no' end = 'EU'|1",
        "\"Odd \"\"Name\" = 'x'|1",
        "cast(id as text) = '2'|2",
        "doc is null|2",
        "true|1,2",
        "born < seen|",
      })
  void whatIsAllowedRunsAndMeansWhatItSays(String text, String expected) {
    if (expected == null) {
      assertThatThrownBy(() -> filter(text, Map.of())).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(ids(filter(text, Map.of()))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no_such_column = 1",
        "id = 'one'",
        "born = 'yesterday'",
        "region = 1",
        "id = region",
        "key = 'not a uuid'",
        "doc = '{}'",
        "region",
        "id + 1",
        "pg_sleep(10) is null",
        "pg_read_file('/etc/passwd') = ''",
        "current_setting('x') = 'y'",
        "query_to_xml('select 1', true, true, '') is null",
        "exists (select 1 from t)",
        "id in (select 1)",
        "id = (select 1)",
        "t.id = 1",
        "other.id = 1",
        "$1 = 1",
        "id = ?",
        "region = 'a' or",
        "region = 'EU'; drop table t",
        "region = '${user.region}'",
        "region = 'x ${{USER.region}} y'",
        "cast(region as regclass) = 1",
        "row(1, 2) = row(1, 2)",
        "count(*) > 1",
        "sum(id) over () > 1",
        "random() < 0.5",
        "lower(region, 'x') = 'eu'",
      })
  void whatIsNotUnderstoodIsRefusedWhenLoaded(String text) {
    assertThatThrownBy(() -> Expressions.checkFilter(PolicyText.read(text), SOURCE.table("t")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAttributeIsAValueOfTheColumnsTypeAndNothingElse() {
    assertThat(ids(filter("region = ${user.region}", Map.of("region", "EU")))).isEqualTo("1");
    assertThat(ids(filter("region = '${{USER.region}}'", Map.of("region", "EU")))).isEqualTo("1");
    assertThat(ids(filter("region = ${{USER.region}}", Map.of("region", "x' OR '1'='1"))))
        .isEmpty();
    assertThat(ids(filter("region = ${user.region}", Map.of("region", "a$1b")))).isEmpty();
    assertThat(ids(filter("id = ${user.number}", Map.of("number", "2")))).isEqualTo("2");
    assertThatThrownBy(() -> filter("id = ${user.number}", Map.of("number", "2 or true")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMissingAttributeMakesTheWholeFilterFalse() {
    assertThat(ids(filter("not (region = ${user.region})", Map.of()))).isEmpty();
    assertThat(ids(filter("region <> ${user.region} or true", Map.of("other", "x")))).isEmpty();
  }

  @Test
  void noConstantStandsInTheText() {
    SqlExpression filter = filter("region = 'EU' and id > 7", Map.of());
    assertThat(Grammar.write(filter.tree())).doesNotContain("EU").doesNotContain("7");
    assertThat(filter.values()).extracting(value -> value.text()).containsExactly("EU", "7");
  }
}
