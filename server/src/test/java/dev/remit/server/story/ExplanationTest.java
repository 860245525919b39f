package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.CommandRun;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Goal: the record of each access, refused ones most of all, says why: which policy determined
/// what, obligation by obligation, without a value of the statement.
class ExplanationTest {
  private static final String GOVERNANCE =
      """
      purposes:
        work: {title: Work, basis: contract, description: to test}
        play: {title: Play, basis: contract, description: to test}
      tables:
        public.people:
          columns: {email: {tags: [contact.email]}, phone: {tags: [contact.phone]}}
          residency: {column: region}
      policies:
        - name: people for work
          tables: [public.people]
          columns: [id, email, phone, region]
          to: {groups: [staff]}
          for: [work]
          masks: [{tags: [contact.email], with: token}, {tags: [contact.phone], with: redact}]
          rows: "id < 100"
        - name: phones are nobody's business
          tables: [public.people]
          columns: [id]
          to: {groups: [staff]}
          for: [work]
          masks: [{columns: [phone], with: 'null'}]
      """;

  private static GovernedStack stack;
  private static String applied = "";

  @BeforeAll
  static void start() throws IOException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id int primary key, email text, phone text, region text, salary int);
        create table wages (id int primary key, amount int)\
        """);
    stack = GovernedStack.start();
    stack.addSource("crm", database);
    applied = stack.apply("crm", GOVERNANCE);
    stack.addUser("ann", "staff");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void aListOfAccessesSaysWhereItGoesOnUntilAllWereListed() throws Exception {
    try (Connection connection = stack.connect("ann", "crm", "work");
        Statement statement = connection.createStatement()) {
      for (int access = 0; access < 3; access++) {
        statement.execute("select id from people");
      }
    }
    List<String> all = ids(stack.run("access", "list", "--limit", "200"));
    List<String> paged = new ArrayList<>();
    List<String> page = List.of("access", "list", "--limit", "2");
    while (!page.isEmpty()) {
      CommandRun run =
          CommandRun.of(stack.remit().folder().root(), Map.of(), page.toArray(String[]::new));
      paged.addAll(ids(run.out()));
      String more = run.err().strip();
      page =
          more.startsWith("More: ")
              ? List.of("access", "list", "--limit", "2", "--below", more.split(" ")[2])
              : List.of();
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(3);
    assertThat(paged).isEqualTo(all);
  }

  private static List<String> ids(String table) {
    return table.lines().skip(1).map(line -> line.strip().split(" ")[0]).toList();
  }

  @Test
  void anAllowedAccessNamesEachObligationAndItsPolicy() throws Exception {
    try (Connection connection = stack.connect("ann", "crm", "work");
        Statement statement = connection.createStatement()) {
      statement.execute("select email from people where id = 4711");
    }
    assertThat(explained("select email from people where id = ?", "allowed"))
        .contains("public.people: allow (policy 1: people for work)")
        .contains("public.people: mask email with token (policy 1: people for work)")
        .contains("public.people: rows where id < 100 (policy 1: people for work)")
        .contains("public.people: rows of the principal's regions (declared: residency)")
        .doesNotContain("deny phone", "mask phone")
        .doesNotContain("4711");
  }

  @Test
  void aTableThatNoPolicyOpensSaysSo() throws Exception {
    refused("select amount from wages where id = 4711", "\"wages\" does not exist");
    assertThat(explained("wages", "refused"))
        .contains("UNKNOWN_TABLE")
        .contains("public.wages: no policy opens any column")
        .doesNotContain("4711");
  }

  @Test
  void aColumnWhoseMasksContradictNamesBothPolicies() throws Exception {
    refused("select phone from people", "column \"phone\" does not exist");
    assertThat(explained("select phone", "refused"))
        .contains("deny phone: another policy masks it differently (policy 1: people for work)")
        .contains("deny phone: another policy masks it differently (policy 2: phones are nobody's")
        .contains("not open are phone, salary");
  }

  @Test
  void whoAppliesContradictingMasksIsToldAtOnce() {
    assertThat(applied)
        .contains("! public.people.phone is masked redact by policy 'people for work' and null by");
  }

  @Test
  void aPurposeThatIsNotOpenIsOnTheRecordAtTheLogInAndAtSet() throws Exception {
    assertThatThrownBy(() -> stack.connect("ann", "crm", "play").close())
        .hasMessageContaining("open to you: work");
    assertThat(explained("PURPOSE_NOT_OPEN", "refused"))
        .contains("the purpose play is not open to you; open to you: work")
        .contains("log-in");
    refused("set remit.purpose = 'play'", "open to you: work");
    assertThat(explained("PURPOSE_NOT_OPEN", "refused"))
        .contains("the purpose play is not open to you; open to you: work")
        .doesNotContain("log-in");
  }

  @Test
  void whatIsNoReadingIsRecordedWithItsShape() throws Exception {
    refused("delete from people where email = 'x@example.org'", "read");
    assertThat(explained("delete", "refused"))
        .contains("READ_ONLY")
        .contains("email = ?")
        .doesNotContain("example.org");
  }

  private static void refused(String sql, String message) throws SQLException {
    try (Connection connection = stack.connect("ann", "crm", "work");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining(message);
    }
  }

  /// The explanation of the latest access whose line in the list has the text.
  private static String explained(String text, String decision) throws InterruptedException {
    Supplier<String> latest =
        () ->
            stack
                .run("access", "list", "--user", "ann")
                .lines()
                .filter(line -> line.contains(decision) && line.contains(text))
                .findFirst()
                .orElse("");
    long deadline = System.nanoTime() + 5_000_000_000L;
    String line = latest.get();
    while (line.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
      line = latest.get();
    }
    assertThat(line).as("an access with %s in the list", text).isNotEmpty();
    return stack.run("access", "explain", line.strip().split(" ")[0]);
  }
}
