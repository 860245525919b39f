package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Goal: the governed statement answers what the raw statement would answer over tables that hold
/// masked values and permitted rows only; with nothing masked, what the source itself answers.
class DifferentialTest {
  private static final int QUERIES = Integer.getInteger("remit.differential.queries", 400);

  private static final String COPY =
      """
      CREATE SCHEMA copy;
      CREATE TABLE copy.customers AS
        SELECT id, name, md5('pepper' || email) AS email, NULL::int AS salary, region, age, dob,
          phone, created_at, vip, notes, labels
        FROM public.customers WHERE region = 'EU';
      ALTER TABLE copy.customers ADD PRIMARY KEY (id);
      CREATE TABLE copy.orders AS SELECT * FROM public.orders;
      ALTER TABLE copy.orders ADD PRIMARY KEY (id);
      CREATE TABLE copy.events AS
        SELECT id, happened, customer_id, 'k'::text AS kind FROM public.events
        WHERE customer_id < 40;
      """;

  @Test
  void withNothingMaskedResultsAreTheSources() throws Exception {
    try (GovernedDatabase shop = Shop.open()) {
      compare(shop, "public", 1, new QueryGenerator(20261121)::next, QUERIES);
    }
  }

  @Test
  void withMasksAndFiltersResultsAreThoseOfAMaskedCopy() throws Exception {
    try (GovernedDatabase shop = Shop.governed()) {
      shop.execute(COPY);
      compare(shop, "copy, public", 2, new QueryGenerator(42)::next, QUERIES);
    }
  }

  /// The constructs list: one statement a line, each must be read, and answer as the source does.
  @Test
  void constructsAnswerAsTheSourceDoes() throws Exception {
    try (GovernedDatabase shop = Shop.open()) {
      List<String> lines =
          Shop.text("constructs.txt")
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("--"))
              .toList();
      compare(shop, "public", 3, lines.iterator()::next, lines.size());
    }
  }

  private static void compare(
      GovernedDatabase shop,
      String searchPath,
      int run,
      java.util.function.Supplier<String> queries,
      int count) {
    List<String> differences = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < count; i++) {
      String sql = queries.get();
      Answer raw = Answer.of(() -> shop.raw(searchPath, sql));
      if (raw.rows().size() > GovernedDatabase.MAXIMUM_ROWS || raw.error().contains("timeout")) {
        continue;
      }
      Answer governed = Answer.of(() -> shop.governed(sql));
      if (governed.error().contains("timeout")) {
        continue;
      }
      rows += raw.rows().size();
      if (!raw.equals(governed)) {
        differences.add(sql + "\n   raw      " + raw + "\n   governed " + governed);
      }
    }
    assertThat(differences).as("run %s", run).isEmpty();
    assertThat(rows).isGreaterThan(count);
  }

  /// Labels and rows as a multiset, or that it failed.
  private record Answer(List<List<String>> rows, boolean failed, String error) {
    static Answer of(java.util.function.Supplier<List<List<String>>> query) {
      try {
        List<List<String>> rows = new ArrayList<>(query.get());
        List<List<String>> body = rows.subList(1, rows.size());
        body.sort(Comparator.comparing(Object::toString));
        return new Answer(rows, false, "");
      } catch (RuntimeException failure) {
        return new Answer(
            List.of(), true, failure.getCause() == null ? failure + "" : failure.getCause() + "");
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Answer answer && answer.failed == failed && answer.rows.equals(rows);
    }

    @Override
    public int hashCode() {
      return rows.hashCode();
    }

    @Override
    public String toString() {
      String text = failed ? error : rows.size() + " rows " + rows;
      return text.substring(0, Math.min(text.length(), 500));
    }
  }
}
