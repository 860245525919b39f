package dev.remit.server.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.rules.MaskKind;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Goal: `docs/governance.md` is true: its file is taken as it stands and means what it says, and
/// its tables leave nothing out. And a file is in force whole or not at all.
final class GovernanceDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/governance.md");

  /// Its policy is for a purpose and a tag that the file itself declares, and masks a column that
  /// is not there.
  private static final String HALF_RIGHT =
      """
      purposes:
        audit: {title: Audit, basis: legal-obligation}
      tables:
        public.customers:
          columns:
            city: {tags: [contact.address]}
      policies:
        - name: auditors read cities
          tables: [public.customers]
          columns: [id, nowhere]
          to: {groups: [auditors]}
          for: [audit]
          masks:
            - {tags: [contact.address], with: redact}
      """;

  @Test
  void theFileOfTheDocumentIsInForceAsItStands() throws Exception {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table customers (id integer primary key, email text, nickname text, city text,
          birth_date date, note text, region text not null, created_at timestamptz not null);
        insert into customers values
          (1, 'a@example.org', 'al', 'Bern', '1990-05-04', 'n', 'EU', now()),
          (2, 'b@example.org', 'bo', 'Rome', '1991-05-04', 'n', 'US', now()),
          (3, 'c@example.org', 'cy', 'Oslo', '1992-05-04', 'n', 'EU', now() - interval '8 years');
        """);
    try (GovernedStack remit = GovernedStack.start()) {
      remit.addSource("shop", database);
      remit.apply("shop", yaml());
      remit.addUser("ann", "support", "region=US");
      remit.addUser("bob", "analysts", "region=EU");

      assertThat(ask(remit, "ann", "service", "select id, email, note from customers"))
          .isEqualTo("2|b@example.org|n\n");
      assertThat(ask(remit, "bob", "analytics", "select id, birth_date from customers"))
          .isEqualTo("1|1990-01-01\n");
      assertThat(ask(remit, "bob", "analytics", "select email from customers").strip())
          .matches("[A-Za-z0-9_-]{43}");
      assertThat(ask(remit, "bob", "analytics", "select note from customers"))
          .contains("column \"note\" does not exist");

      assertThatThrownBy(() -> remit.apply("shop", HALF_RIGHT)).hasMessageContaining("nowhere");
      assertThat(remit.apply("shop", HALF_RIGHT.replace("nowhere", "city")))
          .as("nothing of the refused file was in force")
          .contains("+ purpose audit", "+ policy auditors read cities");
    }
  }

  @Test
  void everyMaskIsInTheTable() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (MaskKind kind : MaskKind.values()) {
      assertThat(text).containsPattern("`\"?\\{?" + kind.shortName() + "\\b");
    }
  }

  private static String yaml() throws IOException {
    String text = Files.readString(DOCUMENT);
    int start = text.indexOf("```yaml\n") + "```yaml\n".length();
    // GovernedStack writes the first line, which names the source.
    return text.substring(text.indexOf('\n', start), text.indexOf("```", start));
  }

  private static String ask(GovernedStack remit, String user, String purpose, String sql)
      throws Exception {
    return remit.psql(
        user, "shop", purpose, "\\pset format unaligned\n\\pset tuples_only on\n" + sql + ";\n");
  }
}
