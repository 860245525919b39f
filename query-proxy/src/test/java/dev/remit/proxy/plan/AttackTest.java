package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.RemitException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: no statement form goes round the decision. `refused.txt` holds what is refused, by leak
/// channel; here stands what is answered, but only from governed values.
class AttackTest {
  private static GovernedDatabase shop;

  @BeforeAll
  static void start() {
    shop = Shop.governed();
  }

  @AfterAll
  static void stop() throws Exception {
    shop.close();
  }

  record Case(String channel, String state, String sql) {}

  static Stream<Case> refused() {
    return Shop.text("refused.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("--"))
        .map(line -> line.split(" \\| ", 3))
        .map(parts -> new Case(parts[0].trim(), parts[1].trim(), parts[2].trim()));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(Case attack) {
    assertThatThrownBy(() -> shop.plan(attack.sql()))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal ->
                assertThat(refusal.code().sqlState() + " " + refusal.getMessage())
                    .startsWith(attack.state()));
  }

  /// Channel 24: `$1` of type regclass, regrole or of a hidden type answers with hidden names.
  @ParameterizedTest
  @ValueSource(longs = {24, 1033, 2205, 2210, 3734, 4096, 2275, 999_999})
  void aParameterHasNoTypeThatLooksIntoTheCatalog(long type) {
    assertThatThrownBy(() -> shop.planner().plan(shop.context(type), "select $1"))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code().sqlState()).isEqualTo("42704"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 23, 25, 705, 1009, 1184, 2950})
  void aParameterMayHaveAnyTypeOfValues(long type) {
    assertThatCode(() -> shop.planner().plan(shop.context(type), "select $1"))
        .doesNotThrowAnyException();
  }

  /// Channel 7: the age of a transaction would tell how much others write.
  @Test
  void everyTransactionIsOfTheSameAge() {
    assertThat(
            shop.governed("select age('5'::xid), age(relfrozenxid) from pg_class limit 1").get(1))
        .containsExactly("2147483647", "2147483647");
    assertThat(shop.governed("select age(current_date - 1), age(now()) is null").get(1))
        .containsExactly("1 day", "f");
    assertThatThrownBy(
            () -> shop.governed("select age(a) from json_to_record('{\"a\": \"5\"}') as r(a xid)"))
        .hasMessageContaining("xid");
  }

  @Test
  void hiddenAndMissingNamesAreRefusedWithTheSameWords() {
    assertThat(message("select * from secrets").replace("secrets", "x"))
        .isEqualTo(message("select * from nowhere").replace("nowhere", "x"));
    assertThat(message("select ssn from customers").replace("ssn", "x"))
        .isEqualTo(message("select nothing from customers").replace("nothing", "x"));
  }

  private static String message(String sql) {
    try {
      shop.plan(sql);
      return "answered";
    } catch (RemitException refusal) {
      return refusal.code() + refusal.getMessage() + refusal.details();
    }
  }

  /// Channels 1 and 2: whatever is asked of a masked column is asked of its mask.
  @Test
  void groupingOrderingAndJoiningSeeMasks() {
    assertThat(shop.governed("select salary, count(*) from customers group by salary")).hasSize(2);
    assertThat(shop.governed("select count(*) from customers where salary > 0").get(1))
        .containsExactly("0");
    assertThat(shop.governed("select max(salary), min(email) from customers").get(1).get(1))
        .matches("[0-9a-f]{32}");
    assertThat(
            shop.governed(
                    "select count(*) from customers c join (values ('user3@example.com')) v(e)"
                        + " on c.email = v.e")
                .get(1))
        .containsExactly("0");
    assertThat(
            shop.governed(
                    "select id from customers"
                        + " order by (email = 'user3@example.com') desc nulls last, id desc")
                .get(1))
        .containsExactly("60");
  }

  /// Channel 10: names of the client's own never reach a policy's tables, columns or functions.
  @Test
  void namesOfTheStatementDoNotShadowThePolicys() {
    List<List<String>> rows =
        shop.governed(
            "with customers as (select 1 as region, 2 as md5) select c.id from public.customers c,"
                + " customers");
    assertThat(rows).hasSize(21);
    assertThat(shop.governed("select region.region from customers as region where region.id = 3"))
        .containsExactly(List.of("region"), List.of("EU"));
  }

  /// Channel 14: rows as values hold visible, masked columns only.
  @Test
  void wholeRowsAreGoverned() {
    for (String sql :
        List.of(
            "select c::text from customers c",
            "select row_to_json(c)::text from customers c",
            "select to_jsonb(c.*)::text from customers c",
            "select (c).email from customers c",
            "select array_agg(c)::text from customers c",
            "select json_agg(t)::text from (table customers) t",
            "select string_agg(c::text, ',') from customers c",
            "select concat(c, '') from customers c",
            "select format('%s', c) from customers c")) {
      assertThat(shop.governed(sql).toString())
          .as(sql)
          .doesNotContain("@example.com")
          .doesNotContain("000-00-")
          .doesNotContain("US");
    }
  }

  /// Channel 17: the rows of a hidden region are not in counts, aggregates or differences.
  @Test
  void countsAreOfVisibleRows() {
    assertThat(shop.governed("select count(*) from customers").get(1)).containsExactly("20");
    assertThat(
            shop.governed(
                    "select count(*) from customers c full join customers d on c.id = d.id + 1"
                        + " where c.region <> 'EU' or d.region <> 'EU'")
                .get(1))
        .containsExactly("0");
  }

  /// Channel 28: a decider that fails denies; nothing is planned.
  @Test
  void aDeciderThatFailsDenies() {
    shop.rules.failing = true;
    try {
      assertThatThrownBy(() -> shop.plan("select id from customers where id = 424242"))
          .isInstanceOf(IllegalStateException.class);
    } finally {
      shop.rules.failing = false;
    }
  }
}
