package dev.remit.examples.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/// Goal: the sample loads whole, holds every trap of real data where it is said to be, and leaves
/// Remit a role that can read and nothing else.
class SampleCrmTest {
  private static final String READER = "crm_reader \"odd\"";
  private static final String READER_PASSWORD = "only-for-this-test-'\"";

  private static TestPostgres.Address database;

  @BeforeAll
  static void load() {
    database = TestPostgres.createDatabase();
    SampleCrm.load(target(database), 500);
  }

  @Test
  void everyTableHasRowsAndTheWholeSampleAboutThirtyACustomer() throws SQLException {
    for (String table :
        List.of(
            "accounts",
            "customers",
            "contacts",
            "consents_imported",
            "orders",
            "order_items",
            "payments",
            "tickets",
            "notes",
            "product_usage",
            "email_events",
            "email_events_2026_10",
            "customer_orders")) {
      assertThat(number("select count(*) from " + table)).as(table).isPositive();
    }
    assertThat(number("select count(*) from customers")).isEqualTo(500);
  }

  @Test
  void customerNumbersAreUniqueWithinTheirBrandOnly() throws SQLException {
    assertThat(number("select count(distinct customer_id) from customers")).isEqualTo(167);
  }

  @Test
  void twoCustomersOfDifferentBrandsShareOneAddress() throws SQLException {
    assertThat(
            number(
                "select count(*) from customers a join customers b"
                    + " using (street, postal_code, city)"
                    + " where (a.brand_id, a.customer_id) = (1, 1)"
                    + " and (b.brand_id, b.customer_id) = (2, 1)"
                    + " and a.full_name <> b.full_name"))
        .isEqualTo(1);
  }

  @Test
  void onePersonsMailboxIsSpelledInThreeWays() throws SQLException {
    List<String> spellings =
        texts(
            "select email from customers where (brand_id, customer_id) = (3, 1)"
                + " union select email from contacts where (brand_id, customer_id) = (3, 1)"
                + " union select recipient from email_events"
                + " where (brand_id, customer_id) = (3, 1)");
    assertThat(spellings.stream().distinct().count()).isGreaterThanOrEqualTo(3);
    assertThat(spellings.stream().map(SampleCrmTest::mailbox).distinct()).hasSize(1);
  }

  @Test
  void mergedContactsFormAChain() throws SQLException {
    assertThat(
            number(
                "select count(*) from contacts a join contacts b on a.merged_into_id = b.contact_id"
                    + " join contacts c on b.merged_into_id = c.contact_id"
                    + " where c.contact_id = 1"))
        .isPositive();
  }

  @Test
  void everyAccountAndItsPrimaryContactPointAtEachOther() throws SQLException {
    assertThat(
            number(
                "select count(*) from accounts a left join contacts c"
                    + " on c.contact_id = a.primary_contact_id and c.account_id = a.account_id"
                    + " where c.contact_id is null"))
        .isZero();
  }

  @Test
  void oneTicketAndOneMailEventAreOrphans() throws SQLException {
    assertThat(
            number(
                "select count(*) from tickets where contact_id not in"
                    + " (select contact_id from contacts)"))
        .isEqualTo(1);
    assertThat(
            number(
                "select count(*) from email_events e where not exists (select from customers c"
                    + " where (c.brand_id, c.customer_id) = (e.brand_id, e.customer_id))"))
        .isEqualTo(1);
  }

  @Test
  void thereAreMinorsPeopleInThePublicEyeAndResidentsOfBothRegions() throws SQLException {
    assertThat(number("select count(*) from customers where birth_date > date '2008-11-01'"))
        .isPositive();
    assertThat(number("select count(*) from customers where vip")).isPositive();
    assertThat(number("select count(*) from customers where region = 'EU'")).isBetween(250L, 450L);
    assertThat(number("select count(*) from customers where region = 'US'")).isPositive();
  }

  @Test
  void namesHoldQuotesBackslashesAndLettersBeyondAscii() throws SQLException {
    assertThat(texts("select full_name from customers where customer_id = 2 order by brand_id"))
        .contains("Siobhán O'Brien-D'Arcy", "Dwayne \"The\tRock\\\" Żółć; DROP TABLE");
    assertThat(number("select count(*) from customers where full_name ~ '[α-ω]'")).isPositive();
  }

  @Test
  void totalsAreTheSumsOfTheirLines() throws SQLException {
    assertThat(
            number(
                "select count(*) from orders o where total <> (select sum(quantity * unit_price)"
                    + " from order_items i where i.order_id = o.order_id)"))
        .isZero();
  }

  @Test
  void theReadingRoleReadsAndDoesNothingElse() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), READER, READER_PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
      statement.executeQuery("select count(*) from customers").close();
      for (String forbidden :
          List.of(
              "update customers set vip = true",
              "delete from notes",
              "truncate orders",
              "create table mine (a int)",
              "create temp table mine (a int)",
              "alter table customers add column mine int",
              "copy (select 1) to '/tmp/never'")) {
        assertThatThrownBy(() -> statement.execute(forbidden))
            .as(forbidden)
            .isInstanceOf(PSQLException.class)
            .extracting(failure -> ((PSQLException) failure).getSQLState())
            .isEqualTo("42501");
      }
    }
    assertThat(
            number(
                "select count(*) from pg_roles where rolname = 'crm_reader \"odd\"' and"
                    + " (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
                    + " or rolreplication)"))
        .isZero();
  }

  @Test
  void aSecondLoadIsRefusedAndAnotherDatabaseMayShareTheRole() {
    assertThatThrownBy(() -> SampleCrm.load(target(database), 500))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
    assertThat(SampleCrm.load(target(TestPostgres.createDatabase()), 100)).isPositive();
  }

  @Test
  void theDefaultSampleHasAboutThreeHundredThousandRows() {
    TestPostgres.Address empty = TestPostgres.createDatabase();
    assertThat(SampleCrm.load(target(empty), SampleCrm.DEFAULT_CUSTOMERS))
        .isBetween(290_000L, 330_000L);
  }

  @Test
  void aNumberOfCustomersOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> SampleCrm.load(target(database), 3))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("100 to 10000000");
  }

  @Test
  void everyGovernedTableAndColumnExistsAndNoTableIsForgotten() throws Exception {
    JsonNode governance = new YAMLMapper().readTree(SampleCrm.governanceYaml());
    for (var table : governance.get("tables").properties()) {
      List<String> columns = columnsOf(table.getKey());
      assertThat(columns).as(table.getKey()).isNotEmpty();
      for (var column : table.getValue().path("columns").properties()) {
        assertThat(columns).as(table.getKey()).contains(column.getKey());
        for (JsonNode tag : column.getValue().get("tags")) {
          assertThat(governance.get("taxonomy").properties())
              .as(tag.asText())
              .anyMatch(category -> tag.asText().startsWith(category.getKey()));
        }
      }
    }
    List<String> declared = new ArrayList<>();
    governance.get("tables").fieldNames().forEachRemaining(declared::add);
    assertThat(declared)
        .containsAll(
            texts(
                "select 'public.' || relname from pg_class where relkind in ('r', 'p')"
                    + " and not relispartition and relnamespace = 'public'::regnamespace"));
  }

  @Test
  void everyGroupThatAPolicyNamesHasADemoUserWithARegionAndThatPurpose() throws Exception {
    JsonNode users = new YAMLMapper().readTree(SampleCrm.usersYaml()).get("users");
    for (JsonNode policy : new YAMLMapper().readTree(SampleCrm.governanceYaml()).get("policies")) {
      for (JsonNode group : policy.at("/to/groups")) {
        JsonNode user = memberOf(users, group.asText());
        assertThat(user.at("/attributes/region").asText() + user.at("/attributes/regions").asText())
            .as(group.asText())
            .contains("EU");
        assertThat(policy.get("for")).contains(user.at("/purposes/0"));
      }
    }
  }

  private static JsonNode memberOf(JsonNode users, String group) {
    for (JsonNode user : users) {
      if (user.at("/groups/0").asText().equals(group)) {
        return user;
      }
    }
    throw new AssertionError("no demo user is in " + group);
  }

  private static List<String> columnsOf(String table) throws SQLException {
    return texts(
        "select attname from pg_attribute where attrelid = '"
            + table
            + "'::regclass and attnum > 0");
  }

  private static String mailbox(String email) {
    return email.toLowerCase(java.util.Locale.ROOT).replace("+news", "");
  }

  private static SampleCrm.Target target(TestPostgres.Address address) {
    return new SampleCrm.Target(
        address.jdbcUrl(), address.user(), address.password(), READER, READER_PASSWORD);
  }

  private static long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql).getFirst());
  }

  private static List<String> texts(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
