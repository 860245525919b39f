package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Goal: what a statement becomes can be read, and does not change unnoticed: statement → rewritten
/// statement → rows. `-Dremit.golden.write=true` writes the file anew; read the difference.
class GoldenTest {
  private static final Pattern CASE =
      Pattern.compile(
          "(?ms)^-- (?<title>[^\\n]*)\\n(?<sql>.*?)\\n== rewritten\\n.*?\\n== rows\\n.*?\\n\\n");

  @Test
  void statementsBecomeWhatTheScriptSays() throws Exception {
    StringBuilder actual = new StringBuilder();
    String golden = Shop.text("golden.txt");
    try (GovernedDatabase shop = Shop.governed()) {
      for (MatchResult script : CASE.matcher(golden).results().toList()) {
        String sql = script.group("sql");
        actual
            .append("-- ")
            .append(script.group("title"))
            .append('\n')
            .append(sql)
            .append("\n== rewritten\n")
            .append(shop.query(sql).sql())
            .append("\n== rows\n");
        for (List<String> row : shop.governed(sql)) {
          actual.append(String.join(" | ", row)).append('\n');
        }
        actual.append('\n');
      }
    }
    if (Boolean.getBoolean("remit.golden.write")) {
      write(actual.toString());
    }
    assertThat(actual.toString()).isEqualTo(golden);
  }

  private static void write(String text) throws IOException {
    Files.writeString(Path.of("src/test/resources/dev/remit/proxy/plan/golden.txt"), text);
  }
}
