package dev.remit.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The proxy adds nothing and loses nothing: under an identity policy generated queries answer as
/// at the source, and under masks and filters as a source whose data were masked and filtered
/// beforehand.
final class GeneratedQueryTest {
  /// Under an identity policy; those under masks are a third as many.
  private static final int QUERIES = Integer.getInteger("remit.generated.queries", 5_000);

  private static final int MASKED_SEEDS = 1_000_000;
  private static final int WORKERS = 2;
  private static final int SHOWN = 10;

  private static GovernedStack remit;
  private static TestPostgres.Address plain;
  private static TestPostgres.Address copy;
  private static GrammarGenerator grammar;

  @BeforeAll
  static void start() throws IOException, SQLException {
    grammar = new GrammarGenerator(resource("grammar.txt"));
    remit = GovernedStack.start();
    plain = TestPostgres.createDatabase();
    plain.execute(resource("differential.sql"));
    copy = MaskedCopy.of(plain);
    remit.addSource("identity", plain);
    remit.apply("identity", resource("identity.yaml"));
    remit.addSource("masked", plain);
    remit.apply("masked", resource("masked.yaml"));
    remit.addUser("reader", "everyone");
    try (Connection first = remit.connect("reader", "masked", "some");
        Statement statement = first.createStatement()) {
      statement.execute("select * from \"Odd Name\""); // the ring has the key from now on
    }
    MaskedCopy.tokens(copy, tokenKey());
  }

  /// As docs/governance.md says of tokens: a key for each source and purpose, of the key ring. Read
  /// from a copy: the ring itself is the running server's alone.
  private static byte[] tokenKey() throws IOException {
    Path ring = Files.createTempDirectory("keys");
    try (Stream<Path> files = Files.list(remit.remit().folder().keys())) {
      for (Path file : files.toList()) {
        Files.copy(file, ring.resolve(file.getFileName()));
      }
    }
    try (EmbeddedKeyRing keys = EmbeddedKeyRing.open(ring, new SecureRandom())) {
      return keys.derive("mask-token", "token/masked/some");
    }
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void identityPolicyAnswersAsTheSource() throws Exception {
    assertThat(differences("identity", "everything", plain, 0, QUERIES)).isEmpty();
  }

  @Test
  void masksAndFiltersAnswerAsAMaskedAndFilteredCopy() throws Exception {
    assertThat(differences("masked", "some", copy, MASKED_SEEDS, QUERIES / 3)).isEmpty();
  }

  /// Three of four are of the grammar, which knows more of the language; the others nest deeper.
  private static String query(long seed) {
    return seed % 4 == 0 ? new QueryGenerator(seed).query() : grammar.query(seed);
  }

  private static List<String> differences(
      String source, String purpose, TestPostgres.Address expected, long firstSeed, int count)
      throws Exception {
    List<Future<List<String>>> parts = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      for (int worker = 0; worker < WORKERS; worker++) {
        long first = firstSeed + worker;
        parts.add(
            workers.submit(() -> {
              try (Connection governed = remit.connect("reader", source, purpose);
                  Connection direct = expected.connect()) {
                return compared(governed, direct, first, firstSeed + count);
              }
            }));
      }
    }
    List<String> differences = new ArrayList<>();
    for (Future<List<String>> part : parts) {
      differences.addAll(part.get());
    }
    return differences;
  }

  private static List<String> compared(
      Connection governed, Connection direct, long firstSeed, long endSeed) {
    List<String> differences = new ArrayList<>();
    for (long seed = firstSeed; seed < endSeed && differences.size() < SHOWN; seed += WORKERS) {
      String query = query(seed);
      Answer wanted = Answer.of(direct, query);
      // Both protocols in turn.
      Answer got = seed % 3 == 0 ? Answer.ofPrepared(governed, query) : Answer.of(governed, query);
      if (!isSame(got, wanted)) {
        differences.add("seed " + seed + ": " + query + "\nwanted " + wanted + "\ngot " + got);
      }
    }
    return differences;
  }

  /// Of two mistakes in one statement the proxy may name the other: names are looked up before
  /// types. The corpus of mistakes compares errors one by one.
  private static boolean isSame(Answer got, Answer wanted) {
    boolean mistakes = isAboutStatement(wanted) && isAboutStatement(got);
    return mistakes
        || got.unordered().withoutPosition().equals(wanted.unordered().withoutPosition());
  }

  private static boolean isAboutStatement(Answer answer) {
    return answer.sqlState().startsWith("42");
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream =
        GeneratedQueryTest.class.getResourceAsStream("/differential/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
