package dev.remit.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Nothing a caller may not learn influences anything she sees: two sources that differ only in
/// masked values and hidden rows answer every attack alike.
final class NoninterferenceTest {
  private static final Pattern RAW =
      Pattern.compile("zq[A-Za-z0-9]|\\b70000\\d\\d\\b|\\b80000\\d\\d\\.");
  private static final String SEPARATOR = "=====";

  private static GovernedStack remit;

  @BeforeAll
  static void startTwins() throws IOException {
    remit = GovernedStack.start();
    for (int variant = 1; variant <= 2; variant++) {
      TestPostgres.Address database = TestPostgres.createDatabase();
      database.execute(AttackCorpus.resource("twins.sql").replace(":variant", "" + variant));
      remit.addSource("twin" + variant, database);
      remit.apply("twin" + variant, AttackCorpus.resource("policy.yaml"));
    }
    remit.addUser("reader", "analysts");
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void twinsAnswerEveryAttackAlikeThroughPsql() throws Exception {
    List<AttackCorpus.Attack> attacks = AttackCorpus.read();
    List<String> first = psql("twin1", attacks);
    List<String> second = psql("twin2", attacks);
    List<String> leaks = new ArrayList<>();
    for (int i = 0; i < attacks.size(); i++) {
      report(attacks.get(i), first.get(i), second.get(i), leaks);
    }
    assertThat(leaks).isEmpty();
    assertThat(attacks).hasSizeGreaterThan(900);
  }

  /// The test itself can fail: past the proxy the twins do differ.
  @Test
  void twinsDifferPastTheProxy() throws SQLException {
    assertThat(RAW.matcher("zq11@example.org").find()).isTrue();
    assertThat(remit.direct("twin1", "select max(salary), count(*) from person"))
        .isNotEqualTo(remit.direct("twin2", "select max(salary), count(*) from person"));
  }

  private static void report(
      AttackCorpus.Attack attack, String first, String second, List<String> leaks) {
    String one = normalized(first, attack.text());
    String two = normalized(second, attack.text());
    if (!one.equals(two)) {
      leaks.add(attack.channel() + " differs: " + attack.text() + "\n" + one + "\n" + two);
    } else if (RAW.matcher(one).find()) {
      leaks.add(attack.channel() + " shows raw: " + attack.text() + "\n" + one);
    }
  }

  /// Leaves out OIDs, which are the source's own (no value of the twins lies among them), and what
  /// the caller said herself: names of the twins and her own statement.
  private static String normalized(String answer, String statement) {
    String text =
        answer.replaceAll("twin[12]", "twin").replaceAll("\\b(?:1[6-9]|2\\d)\\d{3}\\b", "<oid>");
    for (String line : statement.split("\n")) {
      text = text.replace(line, "<statement>");
    }
    for (String word : statement.split("[^A-Za-z0-9@.]+")) {
      if (RAW.matcher(word).find()) {
        text = text.replace(word, "<word>");
      }
    }
    return text;
  }

  /// One psql runs all attacks, each on a connection of its own.
  private static List<String> psql(String source, List<AttackCorpus.Attack> attacks)
      throws Exception {
    StringBuilder script = new StringBuilder("\\set VERBOSITY verbose\n");
    for (AttackCorpus.Attack attack : attacks) {
      script.append("\\connect\n").append(attack.text()).append("\n\\echo ").append(SEPARATOR);
      script.append('\n');
    }
    String answers = remit.psql("reader", source, "analytics", script.toString());
    List<String> parts = List.of(answers.split("(?m)^" + SEPARATOR + "$", -1));
    assertThat(parts).hasSize(attacks.size() + 1);
    return parts;
  }
}
