package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.CommandRun;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A key that nobody knows, in `remit.yaml` or in a governance file, is refused by its path with
/// the known ones; what was in force before stays in force.
final class ConfigurationMistakesTest {
  private static final String GOVERNANCE =
      """
      purposes:
        analytics: {title: Analytics, basis: contract, description: Reports}
      tables:
        public.people:
          columns:
            email: {tags: [contact.email]}
      policies:
        - name: people
          tables: [public.people]
          to: {groups: [analysts]}
          for: [analytics]
          masks:
            - {columns: [email], with: "null"}
      """;

  @TempDir private Path home;
  private static GovernedStack remit;

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id integer primary key, email text);
        insert into people values (1, 'raw@example.org');
        """);
    remit.addSource("shop", database);
    remit.apply("shop", GOVERNANCE);
    remit.addUser("reader", "analysts");
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          htpp: {port: 1}          | htpp is not a key; known here: db, folder, http, log
          http: {prot: 8470}       | http.prot is not a key; known here: bodyLimit, host, port
          wire: {port: many}       | the value of wire.port does not fit
          mode: prodution          | the value of mode does not fit
          http: {port: 8470        | is not valid YAML
          - http                   | one `key: value` per line
          db: {password: '${NONE}'}| db.password needs the environment variable NONE
          """)
  void aMistakeInTheConfigurationStopsEveryCommandAndNamesIt(String yaml, String message)
      throws IOException {
    Files.writeString(home.resolve("remit.yaml"), yaml + "\n");
    for (String command : new String[] {"up", "status"}) {
      CommandRun run = CommandRun.of(home, Map.of(), command);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err())
          .startsWith("remit: ")
          .contains(message)
          .contains(home.resolve("remit.yaml").toString())
          .doesNotContain("Exception");
    }
    assertThat(home.resolve("server.json")).doesNotExist();
    assertThat(home.resolve("postgres")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          purposes:   | porpuses:   | porpuses
          basis:      | bassis:     | bassis
          columns:    | colums:     | colums
          tags:       | tagz:       | tagz
          masks:      | mask:       | mask
          with:       | wiht:       | with
          to:         | too:        | too
          groups:     | group:      | group
          """)
  void aMistakeInAGovernanceFileAppliesNothingOfIt(String right, String wrong, String named)
      throws Exception {
    String before = inForce();
    Path file = home.resolve("shop.yaml");
    Files.writeString(
        file,
        "source: shop\n"
            + GOVERNANCE.replace("contact.email", "identity.name").replaceFirst(right, wrong));
    CommandRun run = remit("policy", "apply", file.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("remit: ").contains(named).doesNotContain("Exception");
    assertThat(inForce()).isEqualTo(before);
    assertThat(remit.psql("reader", "shop", "analytics", "select id, email from people;"))
        .contains("(1 row)")
        .doesNotContain("raw@");
  }

  @Test
  void aGovernanceFileThatIsNotThereIsNamed() {
    CommandRun run = remit("policy", "apply", home.resolve("absent.yaml").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("remit: ")
        .contains("there is no file")
        .contains("absent.yaml");
  }

  /// Everything that a governance file can change.
  private static String inForce() {
    return remit("policy", "list").out() + remit("catalog", "show", "people").out();
  }

  private static CommandRun remit(String... arguments) {
    return CommandRun.of(remit.remit().folder().root(), Map.of(), arguments);
  }
}
