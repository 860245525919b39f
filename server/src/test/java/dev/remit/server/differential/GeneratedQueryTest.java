package dev.remit.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The proxy adds nothing and loses nothing: under an identity policy generated queries answer as
/// at the source, and under masks and filters as a source whose data were masked and filtered
/// beforehand.
final class GeneratedQueryTest {
  private static final int QUERIES = Integer.getInteger("remit.generated.queries", 300);

  private static GovernedStack remit;
  private static TestPostgres.Address plain;
  private static TestPostgres.Address copy;

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    plain = TestPostgres.createDatabase();
    plain.execute(resource("differential.sql"));
    copy = TestPostgres.createDatabase();
    copy.execute(resource("differential.sql"));
    copy.execute(resource("masked-copy.sql"));
    remit.addSource("identity", plain);
    remit.apply("identity", resource("identity.yaml"));
    remit.addSource("masked", plain);
    remit.apply("masked", resource("masked.yaml"));
    remit.addUser("reader", "everyone");
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void identityPolicyAnswersAsTheSource() throws SQLException {
    assertThat(differences("identity", "everything", plain, 0)).isEmpty();
  }

  @Test
  void masksAndFiltersAnswerAsAMaskedAndFilteredCopy() throws SQLException {
    assertThat(differences("masked", "some", copy, 1_000_000)).isEmpty();
  }

  private static List<String> differences(
      String source, String purpose, TestPostgres.Address expected, long firstSeed)
      throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Connection governed = remit.connect("reader", source, purpose);
        Connection direct = expected.connect()) {
      for (long seed = firstSeed; seed < firstSeed + QUERIES; seed++) {
        String query = new QueryGenerator(seed).query();
        Answer wanted = Answer.of(direct, query);
        Answer got = Answer.of(governed, query);
        if (!got.unordered().equals(wanted.unordered()) && differences.size() < 20) {
          differences.add("seed " + seed + ": " + query + "\nwanted " + wanted + "\ngot " + got);
        }
      }
    }
    return differences;
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        GeneratedQueryTest.class.getResourceAsStream("/differential/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
