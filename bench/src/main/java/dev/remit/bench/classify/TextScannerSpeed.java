package dev.remit.bench.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.catalog.classify.text.TextScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Characters a second of the text scanner on one thread, over the labelled sentences of
/// `../shared/data/pii` one by one: the corpus and the way on which Presidio's pattern recognizers
/// were seen to do 70,000 a second on one core.
///
/// Argument: the file, when it lies elsewhere. Prints the median of the rounds and their spread.
public final class TextScannerSpeed {
  private static final Path DEFAULT_FILE =
      Path.of(
          System.getenv().getOrDefault("REMIT_SHARED_DATA", "../shared/data"),
          "pii",
          "presidio-research-synth-even.json");
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 7;
  private static final Duration ROUND = Duration.ofSeconds(1);

  private TextScannerSpeed() {}

  /// Runs the measurement.
  public static void main(String[] arguments) throws IOException {
    Path file = arguments.length > 0 ? Path.of(arguments[0]) : DEFAULT_FILE;
    if (!Files.exists(file)) {
      System.out.println("absent: " + file + "; name a file, or its folder by REMIT_SHARED_DATA");
      return;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode sentence : new ObjectMapper().readTree(file.toFile())) {
      texts.add(sentence.get("full_text").asText());
    }
    long characters = texts.stream().mapToLong(String::length).sum();
    double[] perSecond = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      double passes = passesPerSecond(texts);
      if (round >= 0) {
        perSecond[round] = passes * characters;
      }
    }
    Arrays.sort(perSecond);
    System.out.printf(
        Locale.ROOT,
        "%d texts, %d characters; median %.1f million characters/s on one thread"
            + " (%.1f to %.1f over %d rounds)%n",
        texts.size(),
        characters,
        perSecond[ROUNDS / 2] / 1e6,
        perSecond[0] / 1e6,
        perSecond[ROUNDS - 1] / 1e6,
        ROUNDS);
  }

  private static double passesPerSecond(List<String> texts) {
    TextScanner scanner = new TextScanner();
    long spans = 0;
    long passes = 0;
    long begin = System.nanoTime();
    long elapsed;
    do {
      for (String text : texts) {
        spans += scanner.scan(text).size();
      }
      passes++;
      elapsed = System.nanoTime() - begin;
    } while (elapsed < ROUND.toNanos());
    if (spans == 0) {
      throw new IllegalStateException("nothing was found: this measured nothing");
    }
    return passes * 1e9 / elapsed;
  }
}
