package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.server.CommandRun;
import dev.remit.server.RunningRemit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Same SQL, different people: what the sample's policies show to whom, and what a purpose that is
/// not open is told.
class SampleStoryTest {
  private static final String CUSTOMERS =
      """
      select email, birth_date, given_name, full_name, phone, national_id, street, city, iban,
             preferences, country, region, tier
      from customers order by email limit 20\
      """;

  @TempDir private static Path folder;
  private static RunningRemit remit;

  @BeforeAll
  static void start() {
    remit = RunningRemit.start(folder);
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void theAnalystSeesEveryCustomerColumnAndNobodysData() throws Exception {
    List<List<String>> rows = rows("analyst", "analytics", CUSTOMERS);
    assertThat(rows)
        .hasSize(20)
        .allSatisfy(row -> {
          assertThat(row.getFirst()).matches("[A-Za-z0-9_-]{43}");
          assertThat(row.get(1)).matches("null|\\d{4}-01-01");
          assertThat(row.subList(2, 10)).containsOnly("null");
          assertThat(row.get(11)).isEqualTo("EU");
        });
    assertThat(columns("analyst", "analytics", "select * from customers"))
        .isEqualTo(columns("officer", "oversight", "select * from customers"))
        .hasSize(22);
  }

  @Test
  void theSamplesPoliciesContradictNothing() {
    assertThat(
            CommandRun.of(folder, Map.of(), "policy", "plan", "../examples/crm/governance.yaml")
                .out())
        .isEqualTo("Nothing changes.\n");
  }

  @Test
  void theTokenStillJoins() throws Exception {
    assertThat(
            rows(
                "analyst",
                "analytics",
                """
                select count(*) from customers c join email_events e on e.recipient = c.email
                """))
        .allSatisfy(row -> assertThat(Integer.parseInt(row.getFirst())).isPositive());
  }

  @Test
  void theSupportAgentSeesWhomSheServesWithoutNationalNumbers() throws Exception {
    List<List<String>> rows = rows("support", "service", CUSTOMERS);
    assertThat(rows)
        .hasSize(20)
        .allSatisfy(row -> {
          assertThat(row.getFirst()).contains("@");
          assertThat(row.get(2)).isNotEqualTo("null");
          assertThat(row.get(5)).isEqualTo("null");
        });
    assertThat(rows("support", "service", "select distinct region from customers")).hasSize(2);
    assertThat(rows("support", "service", "select card_number, iban, amount from payments limit 5"))
        .allSatisfy(row -> {
          assertThat(row.subList(0, 2)).containsOnly("null");
          assertThat(row.get(2)).isNotEqualTo("null");
        });
  }

  @Test
  void theMarketerSeesAddresseesAndNoOtherColumnExists() throws Exception {
    assertThat(columns("marketing", "marketing", "select * from customers"))
        .hasSize(11)
        .doesNotContain("phone", "vip", "iban");
    assertThat(rows("marketing", "marketing", "select email from customers limit 1").getFirst())
        .allSatisfy(email -> assertThat(email).contains("@"));
    assertThatThrownBy(() -> rows("marketing", "marketing", "select 1 from payments"))
        .hasMessageContaining("relation \"payments\" does not exist");
  }

  @Test
  void aPurposeThatIsNotOpenIsRefusedNamingThoseThatAre() throws Exception {
    assertThatThrownBy(() -> connect("marketing", "analytics").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("the purpose analytics is not open to you; open to you: marketing");
    assertThatThrownBy(() -> connect("operator", "analytics").close())
        .hasMessageContaining("no purpose is open to you here");
    try (Connection connection = connect("marketing", "marketing");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("set remit.purpose = 'analytics'"))
          .hasMessageContaining("not open to you; open to you: marketing");
      assertThatThrownBy(() -> statement.execute("set remit.purpose = 'fun'"))
          .hasMessageContaining("there is no purpose fun; open to you: marketing");
      assertThat(statement.execute("select email from customers limit 1")).isTrue();
    }
  }

  private static Connection connect(String user, String purpose) throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", Files.readString(remit.folder().demoPassword(user)).strip());
    properties.setProperty("options", "-c remit.purpose=" + purpose);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + remit.configuration().wire().port() + "/crm", properties);
  }

  private static List<List<String>> rows(String user, String purpose, String sql)
      throws SQLException, IOException {
    try (Connection connection = connect(user, purpose);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static List<String> columns(String user, String purpose, String sql)
      throws SQLException, IOException {
    try (Connection connection = connect(user, purpose);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        names.add(result.getMetaData().getColumnName(i));
      }
      return names;
    }
  }
}
