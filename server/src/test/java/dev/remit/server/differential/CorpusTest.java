package dev.remit.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What analysts, ORMs and BI tools send answers through the proxy as at the source, errors and
/// their places included, on schemas of shapes that are known from elsewhere; what is refused is
/// refused as the corpus says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorpusTest {
  private final Map<String, TestPostgres.Address> databases = new HashMap<>();
  private GovernedStack remit;

  @BeforeAll
  void load() throws IOException {
    remit = GovernedStack.start();
    remit.addUser("reader", "everyone");
    for (String schema : List.of("rental", "chinook", "northwind", "django", "forum")) {
      TestPostgres.Address database = TestPostgres.createDatabase();
      database.execute(Corpus.schema(schema));
      databases.put(schema, database);
      remit.addSource(schema, database);
      String tables = schema.equals("forum") ? "public.*, idp.*, '\"Weird Schema\".*'" : "public.*";
      remit.apply(
          schema,
          """
          purposes:
            everything: {title: Everything, basis: contract, description: Nothing masked}
          policies:
            - name: all of it
              tables: [%s]
              to: {groups: [everyone]}
              for: [everything]
          """
              .formatted(tables));
    }
  }

  @AfterAll
  void stop() {
    remit.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rental", "chinook", "northwind", "django", "forum"})
  void schemaAnswersAsTheSource(String schema) throws Exception {
    assertThat(differences(schema, schema)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"expressions", "mistakes", "standard"})
  void expressionsAnswerAsTheSource(String corpus) throws Exception {
    assertThat(differences("rental", corpus)).isEmpty();
  }

  /// Catalog and session are the principal's own, so these answers are not compared.
  @Test
  void whatToolsAskOfCatalogAndSessionIsAnswered() throws Exception {
    List<String> unexpected = new ArrayList<>();
    try (Connection governed = remit.connect("reader", "rental", "everything")) {
      for (Corpus.Statement statement : Corpus.read("tools")) {
        String state = Answer.of(governed, statement.sql()).sqlState();
        if (!state.equals(statement.refused().orElse("00000"))) {
          unexpected.add(state + ": " + statement.sql());
        }
      }
    }
    assertThat(unexpected).isEmpty();
  }

  private List<String> differences(String source, String corpus) throws Exception {
    List<String> differences = new ArrayList<>();
    try (Connection governed = remit.connect("reader", source, "everything");
        Connection direct = Objects.requireNonNull(databases.get(source), source).connect()) {
      for (Corpus.Statement statement : Corpus.read(corpus)) {
        Answer got = Answer.of(governed, statement.sql());
        if (statement.refused().isPresent()) {
          if (!got.sqlState().equals(statement.refused().get())) {
            differences.add(statement.sql() + "\nwanted refused\ngot " + got);
          }
          continue;
        }
        Answer wanted = Answer.of(direct, statement.sql());
        if (!got.sameAs(wanted, statement.sql())) {
          differences.add(statement.sql() + "\nwanted " + wanted + "\ngot " + got);
        }
      }
    }
    return differences;
  }
}
