package dev.remit.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Goal: `docs/sql.md` is true: each statement of its table is refused with the SQLSTATE beside it,
/// and the session goes on.
final class SqlDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(?<sql>[^`]+)` \\| (?<state>[0-9A-Z]{5}) \\|$", Pattern.MULTILINE);

  @Test
  void everyRefusalOfTheTableIsAsItSays() throws Exception {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        "create table customers (id integer primary key); create table secrets (id int)");
    try (GovernedStack remit = GovernedStack.start()) {
      remit.addSource("shop", database);
      remit.apply(
          "shop",
          """
          purposes:
            analytics: {title: Analytics, basis: legitimate-interest}
          policies:
            - name: analysts read customers
              tables: [public.customers]
              to: {groups: [analysts]}
              for: [analytics]
          """);
      remit.addUser("ann", "analysts");
      List<MatchResult> rows =
          ROW.matcher(Files.readString(Path.of("../docs/sql.md"))).results().toList();
      assertThat(rows).hasSizeGreaterThan(30);

      StringBuilder script = new StringBuilder("\\pset tuples_only on\n\\pset format unaligned\n");
      for (MatchResult row : rows) {
        script.append(row.group("sql")).append(";\n\\echo :SQLSTATE\n");
      }
      script.append("select 'still ' || 'here';\n");
      List<String> answers =
          remit.psql("ann", "shop", "analytics", script.toString()).lines().toList();

      assertThat(answers.stream().filter(line -> line.matches("[0-9A-Z]{5}")))
          .containsExactlyElementsOf(rows.stream().map(row -> row.group("state")).toList());
      assertThat(answers).endsWith("still here");
    }
  }
}
