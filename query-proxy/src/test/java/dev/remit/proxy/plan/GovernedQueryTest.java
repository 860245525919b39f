package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.GovernedQuery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: a statement reads what the decision allows and nothing else, wherever a relation or column
/// is named, and says so in its access summary.
class GovernedQueryTest {
  private static GovernedDatabase shop;

  @BeforeAll
  static void start() {
    shop = Shop.governed();
  }

  @AfterAll
  static void stop() throws Exception {
    shop.close();
  }

  private static void refused(String sql, ErrorCode code, String message) {
    assertThatThrownBy(() -> shop.plan(sql))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> {
              assertThat(refusal.getMessage()).contains(message);
              assertThat(refusal.code()).isEqualTo(code);
            });
  }

  @Test
  void masksAndFiltersHoldAtTheScan() {
    List<List<String>> rows = shop.governed("select id, email, salary, region from customers");

    assertThat(rows).hasSize(1 + 20);
    assertThat(rows.get(0)).containsExactly("id", "email", "salary", "region");
    assertThat(rows.subList(1, rows.size()))
        .allSatisfy(row -> {
          assertThat(row.get(1)).matches("null|[0-9a-f]{32}");
          assertThat(row.get(2)).isEqualTo("null");
          assertThat(row.get(3)).isEqualTo("EU");
        });
  }

  @Test
  void starListsVisibleColumnsOnly() {
    assertThat(shop.governed("select * from customers").get(0))
        .containsExactly(
            "id",
            "name",
            "email",
            "salary",
            "region",
            "age",
            "dob",
            "phone",
            "created_at",
            "vip",
            "notes",
            "labels");
  }

  @Test
  void aPredicateOnAMaskedColumnSeesTheMask() {
    assertThat(shop.governed("select id from customers where email like 'user%'")).hasSize(1);
  }

  @Test
  void aHiddenColumnDoesNotExist() {
    refused("select ssn from customers", ErrorCode.UNKNOWN_COLUMN, "column \"ssn\" does not exist");
    refused(
        "select c.ssn from customers c", ErrorCode.UNKNOWN_COLUMN, "column c.ssn does not exist");
    refused(
        "select nope from customers", ErrorCode.UNKNOWN_COLUMN, "column \"nope\" does not exist");
  }

  @Test
  void aDeniedTableDoesNotExist() {
    refused(
        "select * from secrets", ErrorCode.UNKNOWN_TABLE, "relation \"secrets\" does not exist");
    refused(
        "select * from nowhere", ErrorCode.UNKNOWN_TABLE, "relation \"nowhere\" does not exist");
    refused(
        "select * from public.secrets",
        ErrorCode.UNKNOWN_TABLE,
        "relation \"public.secrets\" does not exist");
  }

  @Test
  void systemColumnsDoNotExist() {
    for (String column : List.of("ctid", "xmin", "tableoid")) {
      refused(
          "select " + column + " from customers",
          ErrorCode.UNKNOWN_COLUMN,
          "column \"" + column + "\" does not exist");
    }
  }

  @Test
  void joinsSubqueriesAndCommonTablesAreGovernedAlike() {
    List<List<String>> rows =
        shop.governed(
            """
            with c as (select * from customers), big as (select * from orders where total > 10)
            select c.region, count(*) from c join big b on b.customer_id = c.id
            where exists (select 1 from customers x where x.id = c.id)
            group by c.region
            """);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1)).startsWith("EU");
  }

  @Test
  void aCommonTableHidesATableOfItsName() {
    assertThat(shop.governed("with secrets as (select 1 as x) select * from secrets"))
        .containsExactly(List.of("x"), List.of("1"));
  }

  @Test
  void aWholeRowHoldsVisibleColumnsOnly() {
    List<List<String>> rows =
        shop.governed("select row_to_json(c)::text from customers c where id = 3");
    assertThat(rows.get(1).get(0)).contains("\"region\":\"EU\"").doesNotContain("000-00");
  }

  @Test
  void everyColumnReferredToIsInTheSummary() {
    AccessSummary access =
        shop.query("select c.name from customers c where c.phone > 'x' order by c.age").access();

    assertThat(access.tables()).containsExactly("public.customers");
    assertThat(access.columns())
        .containsExactlyInAnyOrder(
            "public.customers.name", "public.customers.phone", "public.customers.age");
    assertThat(access.policies()).containsExactly(7L);
    assertThat(access.clearPersonal()).isTrue();
    assertThat(shop.query("select email, age from customers").access().clearPersonal()).isFalse();
    assertThat(shop.query("select count(phone) from customers").access().clearPersonal()).isTrue();
  }

  @Test
  void aFixedSubjectKeyIsPinned() {
    assertThat(shop.query("select age from customers where id = 17").access().subjectPins())
        .containsExactly(pin(new AccessSummary.PinnedValue.Constant("17", 38)));
    assertThat(shop.query("select age from customers where $1 = id").access().subjectPins())
        .containsExactly(pin(new AccessSummary.PinnedValue.Parameter(1, 0)));
    assertThat(shop.query("select age from customers where id > 17").access().subjectPins())
        .isEmpty();
  }

  private static AccessSummary.SubjectPin pin(AccessSummary.PinnedValue value) {
    return new AccessSummary.SubjectPin(
        "public.customers",
        List.of(23L),
        List.of(new AccessSummary.Choice(List.of(0), List.of(List.of(value)))));
  }

  @Test
  void policyValuesFollowTheClientsParameters() {
    GovernedQuery query = shop.query("select id from customers where age > $2 and id < $1");

    assertThat(query.clientParameters()).isEqualTo(2);
    assertThat(query.policyValues()).contains(Shop.EU);
    assertThat(query.sql()).contains("$3").doesNotContain("'EU'");
    assertThat(shop.run(query, "30", "20")).hasSizeGreaterThan(1);
  }

  @Test
  void withoutATableNoPurposeIsNeeded() {
    shop.declare(Optional.empty());
    try {
      assertThat(shop.governed("select 1 as one")).containsExactly(List.of("one"), List.of("1"));
      refused("select * from customers", ErrorCode.PURPOSE_REQUIRED, "analytics");
      refused("select * from nowhere", ErrorCode.PURPOSE_REQUIRED, "analytics");
      refused("select * from public.customers", ErrorCode.PURPOSE_REQUIRED, "analytics");
      refused("select * from public.nowhere", ErrorCode.PURPOSE_REQUIRED, "analytics");
    } finally {
      shop.declare(Optional.of(GovernedDatabase.ANALYTICS));
    }
  }

  @Test
  void aViewShowsWhatItsBasesShow() {
    List<List<String>> rows = shop.governed("select * from eu_customers");
    assertThat(rows).hasSize(21);
    assertThat(rows.get(1).get(1)).matches("null|[0-9a-f]{32}");
    assertThat(rows.get(1).get(3)).isEqualTo("null");
    refused(
        "select * from salaries", ErrorCode.UNKNOWN_TABLE, "relation \"salaries\" does not exist");
  }

  @Test
  void aPartitionObeysItsParent() {
    List<List<String>> whole = shop.governed("select id, kind from events");
    List<List<String>> part = shop.governed("select id, kind, customer_id from events_2026");

    assertThat(whole.size()).isLessThan(81);
    assertThat(part.subList(1, part.size()))
        .isNotEmpty()
        .allSatisfy(row -> {
          assertThat(row.get(1)).isEqualTo("k");
          assertThat(Integer.parseInt(row.get(2))).isLessThan(40);
        });
  }

  @Test
  void aColumnThatParentAndPartitionMaskDifferentlyIsHidden() throws Exception {
    try (GovernedDatabase own = Shop.governed()) {
      own.rules.allow("public.events_2025").mask("kind", "CAST('k' AS pg_catalog.text)");
      assertThat(own.governed("select distinct kind from events_2025")).contains(List.of("k"));
      own.rules.allow("public.events_2026").mask("kind", "CAST('other' AS pg_catalog.text)");
      assertThatThrownBy(() -> own.query("select kind from events_2026"))
          .hasMessageContaining("column \"kind\" does not exist");
    }
  }

  @Test
  void groupingByAPrimaryKeyKeepsTheOtherColumns() {
    assertThat(
            shop.governed(
                "select c.id, c.name, count(o.id) from customers c left join orders o"
                    + " on o.customer_id = c.id group by c.id order by c.region, c.id"))
        .hasSize(21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select c.id as k, c.name from customers c group by k",
        "select c.id, c.name, count(*) from customers c group by 1",
        "select c.id, c.name from customers c group by (1)",
        "select c.*, 1 from customers c group by c.id",
        "select *, count(*) from customers group by id order by name",
        "select k, c.* from customers c(k, n) group by k",
        "select c.* from customers c join orders o on o.customer_id = c.id group by c.id"
      })
  void groupingByALabelOrNumberOfAPrimaryKeyAndSelectingAllKeepsThem(String sql) {
    assertThat(shop.governed(sql)).isNotEmpty();
  }

  @Test
  void ambiguousAndDuplicateNamesAreRefusedAsPostgresqlDoes() {
    refused(
        "select id from customers, orders",
        ErrorCode.AMBIGUOUS_COLUMN,
        "column reference \"id\" is ambiguous");
    refused(
        "select 1 from customers, customers",
        ErrorCode.DUPLICATE_ALIAS,
        "table name \"customers\" specified more than once");
    refused(
        "select x.id from customers c",
        ErrorCode.UNKNOWN_TABLE,
        "missing FROM-clause entry for table \"x\"");
  }
}
