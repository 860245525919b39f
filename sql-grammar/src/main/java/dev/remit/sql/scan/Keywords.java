package dev.remit.sql.scan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// PostgreSQL 18's keywords and where each may stand as a name, as `pg_get_keywords()` tells it.
public final class Keywords {
  private static final Map<String, Keyword> WORDS = read();

  private Keywords() {}

  /// Where a keyword may be a name.
  public enum Category {
    /// Anywhere.
    UNRESERVED,
    /// For columns and tables, not for functions and types.
    COLUMN_NAME,
    /// For functions and types, not for columns and tables.
    TYPE_OR_FUNCTION_NAME,
    /// Only as a label after AS.
    RESERVED
  }

  /// One row of the list.
  ///
  /// @param bareLabel whether it may label a column without AS
  public record Keyword(String word, Category category, boolean bareLabel) {}

  /// Whether the lower-case word is a keyword.
  public static boolean contains(String word) {
    return WORDS.containsKey(word);
  }

  /// The row of a keyword lexeme's text.
  public static Keyword of(String word) {
    return Objects.requireNonNull(WORDS.get(word), word);
  }

  /// All words, in lower case and in order.
  public static Set<String> words() {
    return WORDS.keySet();
  }

  private static Map<String, Keyword> read() {
    Map<String, Keyword> words = new TreeMap<>();
    try (InputStream stream =
            Objects.requireNonNull(Keywords.class.getResourceAsStream("keywords.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        String[] fields = line.split(" ", -1);
        words.put(fields[0], new Keyword(fields[0], category(fields[1]), fields[2].equals("bare")));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the list of keywords is unreadable", failure);
    }
    return Map.copyOf(words);
  }

  private static Category category(String code) {
    return switch (code) {
      case "U" -> Category.UNRESERVED;
      case "C" -> Category.COLUMN_NAME;
      case "T" -> Category.TYPE_OR_FUNCTION_NAME;
      case "R" -> Category.RESERVED;
      default -> throw new IllegalStateException("unknown category of keywords " + code);
    };
  }
}
