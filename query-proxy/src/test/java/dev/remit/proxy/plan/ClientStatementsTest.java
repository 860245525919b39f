package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: the catalog statements that well-known clients send work, and tell of governed objects
/// only.
class ClientStatementsTest {
  private static final Pattern OID = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_ ]*)\\}");
  private static GovernedDatabase shop;

  @BeforeAll
  static void start() {
    shop = Shop.governed();
    shop.rules.allow("public.events_2026");
  }

  @AfterAll
  static void stop() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"psql-15.txt", "pgjdbc-42.7.7.txt", "psycopg-3.2.txt", "sqlalchemy-2.0.44.txt"})
  void everyStatementOfAClientWorks(String file) {
    List<String> failures = new ArrayList<>();
    for (String statement : Shop.text("/dev/remit/proxy/systemcatalog/" + file).split("\n----\n")) {
      String sql = withOids(statement.replaceAll("(?m)^-- .*$", "").strip());
      if (sql.isEmpty()) {
        continue;
      }
      try {
        String answer = shop.governed(sql, parameters(sql)).toString();
        if (answer.contains("secrets") || answer.contains("ssn")) {
          failures.add("tells of what is hidden: " + sql + "\n" + answer);
        }
      } catch (RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        failures.add(cause.getMessage() + "\n" + sql);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static String withOids(String statement) {
    Matcher names = OID.matcher(statement);
    StringBuilder sql = new StringBuilder();
    while (names.find()) {
      String name = names.group(1);
      List<List<String>> rows = shop.raw("public", "SELECT '\"" + name + "\"'::regclass::oid");
      names.appendReplacement(sql, rows.get(1).get(0));
    }
    return names.appendTail(sql).toString();
  }

  /// As many as the statement has; a type's name or OID serves each.
  private static String[] parameters(String sql) {
    Map<String, String> values =
        Map.of(
            "to_regtype($1)", "order_status", "t.oid = $1", "25", "typname = $1", "order_status");
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (sql.contains(value.getKey())) {
        return sql.contains("$3")
            ? new String[] {value.getValue(), "public", "true"}
            : new String[] {value.getValue()};
      }
    }
    return new String[0];
  }
}
