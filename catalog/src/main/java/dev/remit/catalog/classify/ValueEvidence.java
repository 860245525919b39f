package dev.remit.catalog.classify;

import dev.remit.catalog.classify.text.Span;
import dev.remit.catalog.classify.text.TextScanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What sampled values show: the forms they have, and whether they are running text.
///
/// Counts only; the values themselves stay in the caller's hands.
final class ValueEvidence {
  private static final int ENOUGH_VALUES = 3;
  private static final double MOST = 0.5;
  private static final double ALMOST_ALL = 0.8;
  private static final int SENTENCE_WORDS = 5;
  private static final int SENTENCE_CHARACTERS = 25;
  private static final int LONGEST_LABELLED_CHARACTERS = 80;

  private final TextScanner scanner = new TextScanner();

  /// What was counted over one column's values.
  ///
  /// @param whole values that are one span and nothing else, by kind
  /// @param inside values that hold a span among other text, by kind
  /// @param sentences values of several words
  record Counts(
      int values,
      Map<Span.Kind, Integer> whole,
      Map<Span.Kind, Integer> inside,
      int sentences,
      long characters) {
    double share(int count) {
      return values == 0 ? 0 : (double) count / values;
    }

    int whole(Span.Kind kind) {
      return whole.getOrDefault(kind, 0);
    }
  }

  /// @param structured whether the type is a document (json, xml), whose spans count as inside
  /// @param calledPhone whether the name already says phone number: then every spelling counts
  Counts count(ColumnSample sample, boolean structured, boolean calledPhone) {
    Map<Span.Kind, Integer> whole = new EnumMap<>(Span.Kind.class);
    Map<Span.Kind, Integer> inside = new EnumMap<>(Span.Kind.class);
    int values = 0;
    int sentences = 0;
    long characters = 0;
    for (String value : elements(sample)) {
      values++;
      characters += value.length();
      sentences += isSentence(value) && !structured ? 1 : 0;
      String label = calledPhone ? "phone: " : "";
      List<Span> spans = scanner.scan(label + value);
      for (Span.Kind kind : spans.stream().map(Span::kind).collect(Collectors.toSet())) {
        boolean all = !structured && spans.getFirst().length() >= 0.9 * value.length();
        (all ? whole : inside).merge(kind, 1, Integer::sum);
      }
    }
    return new Counts(values, whole, inside, sentences, characters);
  }

  List<Evidence> of(Counts counts, boolean structured) {
    List<Evidence> found = new ArrayList<>();
    for (Span.Kind kind : Span.Kind.values()) {
      int whole = counts.whole(kind);
      int inside = structured ? 0 : labelled(counts, kind);
      int matching = Math.max(whole, inside);
      if (counts.share(matching) >= (kind == Span.Kind.PHONE ? ALMOST_ALL : MOST)) {
        double certainty = counts.values() >= ENOUGH_VALUES ? 0.6 : 0.4;
        found.add(
            new Evidence(
                kind.tag(),
                certainty + 0.35 * counts.share(matching),
                "%d of %d sampled values are %s"
                    .formatted(matching, counts.values(), kind.plural())));
      }
    }
    if (found.isEmpty()) {
      freeText(counts, found);
    }
    return found;
  }

  /// Values such as `Jane <jane@example.com>`: short, and nearly all with the same kind inside.
  private static int labelled(Counts counts, Span.Kind kind) {
    int inside = counts.inside().getOrDefault(kind, 0);
    boolean isShort =
        counts.characters() <= (long) LONGEST_LABELLED_CHARACTERS * counts.values()
            && counts.share(counts.sentences()) < MOST;
    return isShort && counts.share(inside) >= ALMOST_ALL ? inside : 0;
  }

  private static void freeText(Counts counts, List<Evidence> found) {
    if (counts.values() > 0 && counts.share(counts.sentences()) >= MOST) {
      found.add(
          new Evidence(
              "text.free",
              0.8,
              "running text: %d of %d sampled values are sentences"
                  .formatted(counts.sentences(), counts.values())));
    }
    String kinds =
        counts.inside().keySet().stream().map(Span.Kind::plural).collect(Collectors.joining(", "));
    if (!kinds.isEmpty()) {
      int most = counts.inside().values().stream().mapToInt(Integer::intValue).max().orElse(0);
      found.add(
          new Evidence(
              "text.free",
              0.7,
              "%s inside %d or more of %d sampled values".formatted(kinds, most, counts.values())));
    }
  }

  /// The values, or the elements of values that are one-dimensional arrays.
  private static List<String> elements(ColumnSample sample) {
    boolean array = sample.type().category() == 'A';
    return sample.values().stream()
        .flatMap(value -> array ? arrayElements(value) : java.util.stream.Stream.of(value))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static java.util.stream.Stream<String> arrayElements(String value) {
    return Arrays.stream(value.replaceAll("[{}\"]", "").split(",", -1));
  }

  private static boolean isSentence(String value) {
    return value.length() >= SENTENCE_CHARACTERS
        && value.split("\\s+", SENTENCE_WORDS).length >= SENTENCE_WORDS;
  }
}
