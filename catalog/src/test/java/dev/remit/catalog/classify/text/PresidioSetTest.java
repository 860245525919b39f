package dev.remit.catalog.classify.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Goal: the pattern kinds are found in other people's labelled sentences as well as we say. A
/// development set (half of presidio-research's): rules were looked at beside it, none quotes it.
class PresidioSetTest {
  private static final Map<String, Span.Kind> KINDS =
      Map.of(
          "EMAIL_ADDRESS", Span.Kind.EMAIL,
          "DOMAIN_NAME", Span.Kind.URL,
          "IBAN_CODE", Span.Kind.IBAN,
          "CREDIT_CARD", Span.Kind.CARD,
          "US_SSN", Span.Kind.US_SSN,
          "IP_ADDRESS", Span.Kind.IP,
          "PHONE_NUMBER", Span.Kind.PHONE);

  private static final Map<Span.Kind, Score> SCORES = new EnumMap<>(Span.Kind.class);
  private static boolean present;

  /// Counts of one kind.
  private static final class Score {
    int found;
    int expected;
    int matched;

    double f1() {
      return 2.0 * matched / (found + expected);
    }
  }

  @BeforeAll
  static void scanTheSet() throws IOException {
    Path file = sharedData().resolve("pii/presidio-research-synth-even.json");
    present = Files.isReadable(file);
    if (!present) {
      return;
    }
    for (JsonNode sentence : new ObjectMapper().readTree(file.toFile())) {
      String text = sentence.get("full_text").asText();
      compare(text, new TextScanner().scan(text), labels(text, sentence.get("spans")));
    }
    report();
  }

  @BeforeEach
  void theSetIsThere() {
    assumeTrue(present, "absent: shared/data/pii; set REMIT_SHARED_DATA. Nothing was measured.");
  }

  @Test
  void microF1OverTheSevenKindsIsAtLeastNinetyNinePercent() {
    assertThat(total().f1()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void noKindFallsBelowNinetyFivePercent() {
    SCORES.forEach((kind, score) -> assertThat(score.f1()).as(kind.name()).isGreaterThan(0.95));
  }

  private static Path sharedData() {
    return Optional.ofNullable(System.getenv("REMIT_SHARED_DATA"))
        .map(Path::of)
        .orElseGet(() -> Path.of("..", "..", "shared", "data"));
  }

  /// Offsets of the labels count code points.
  private static List<Span> labels(String text, JsonNode spans) {
    List<Span> labels = new ArrayList<>();
    for (JsonNode span : spans) {
      Span.Kind kind = KINDS.get(span.get("entity_type").asText());
      if (kind != null) {
        labels.add(
            new Span(
                kind,
                text.offsetByCodePoints(0, span.get("start").asInt()),
                text.offsetByCodePoints(0, span.get("end").asInt())));
      }
    }
    return labels;
  }

  private static void compare(String text, List<Span> found, List<Span> labels) {
    List<Span> open = new ArrayList<>(labels);
    labels.forEach(label -> score(label.kind()).expected++);
    for (Span span : found) {
      score(span.kind()).found++;
      Optional<Span> match = open.stream().filter(label -> agree(span, label)).findFirst();
      match.ifPresentOrElse(
          label -> {
            open.remove(label);
            score(span.kind()).matched++;
          },
          () -> System.out.println("found, not labelled: " + span.kind() + around(text, span)));
    }
    open.forEach(
        label -> System.out.println("labelled, not found: " + label.kind() + around(text, label)));
  }

  private static Score score(Span.Kind kind) {
    return SCORES.computeIfAbsent(kind, ignored -> new Score());
  }

  private static boolean agree(Span span, Span label) {
    int common = Math.min(span.end(), label.end()) - Math.max(span.start(), label.start());
    int together = span.length() + label.length() - common;
    return span.kind() == label.kind() && common >= 0.5 * together;
  }

  private static String around(String text, Span span) {
    int from = Math.max(0, span.start() - 30);
    int to = Math.min(text.length(), span.end() + 15);
    return " ["
        + text.substring(span.start(), span.end())
        + "] in \""
        + text.substring(from, to).replace('\n', ' ')
        + "\"";
  }

  private static Score total() {
    Score total = new Score();
    for (Score score : SCORES.values()) {
      total.found += score.found;
      total.expected += score.expected;
      total.matched += score.matched;
    }
    return total;
  }

  private static void report() {
    SCORES.forEach((kind, score) -> print(kind.name(), score));
    print("micro", total());
  }

  private static void print(String name, Score score) {
    System.out.printf(
        Locale.ROOT,
        "%-7s precision %.3f recall %.3f F1 %.3f (%d labelled)%n",
        name,
        (double) score.matched / score.found,
        (double) score.matched / score.expected,
        score.f1(),
        score.expected);
  }
}
