package dev.remit.server.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes random statements by the rules of `differential/grammar.txt`: what its lines say, to a
/// depth. A statement is a function of its seed.
final class GrammarGenerator {
  private static final Pattern PART = Pattern.compile("\\{([a-z_]+)\\}");
  private static final int DEEPEST = 5;

  private final Map<String, List<String>> rules = new LinkedHashMap<>();

  GrammarGenerator(String grammar) {
    for (String line : grammar.lines().toList()) {
      int colon = line.indexOf(':');
      if (!line.startsWith("#") && colon > 0) {
        rules
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
  }

  /// One statement.
  String query(long seed) {
    return written("query", new Random(seed), 0);
  }

  private String written(String name, Random random, int depth) {
    List<String> ways = Objects.requireNonNull(rules.get(name), name);
    List<String> flat = ways.stream().filter(way -> !PART.matcher(way).find()).toList();
    // The deeper, the likelier a line without parts.
    boolean end = !flat.isEmpty() && random.nextInt(DEEPEST) < depth;
    List<String> choices = end ? flat : ways;
    Matcher parts = PART.matcher(choices.get(random.nextInt(choices.size())));
    StringBuilder text = new StringBuilder();
    while (parts.find()) {
      parts.appendReplacement(
          text, Matcher.quoteReplacement(written(parts.group(1), random, depth + 1)));
    }
    return parts.appendTail(text).toString();
  }
}
