package dev.remit.evidence.leaf;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes JSON in the one form of RFC 8785 (JCS), for the value types of a log entry.
///
/// Numbers are integers within ±(2^53 − 1), the range every JSON reader keeps exactly.
final class CanonicalJson {
  private static final long LARGEST = (1L << 53) - 1;
  private static final int DEEPEST = 64;

  private final StringBuilder text = new StringBuilder(512);

  static String of(Object value) {
    CanonicalJson json = new CanonicalJson();
    json.write(value, 0);
    return json.text.toString();
  }

  private void write(Object value, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("a value of a log entry is nested at most 64 deep");
    }
    switch (value) {
      case String string -> writeString(string);
      case Boolean flag -> text.append(flag.booleanValue());
      case Integer number -> text.append(number.intValue());
      case Long number -> writeLong(number);
      case List<?> list -> writeList(list, depth);
      case Map<?, ?> map -> writeMap(map, depth);
      default ->
          throw new IllegalArgumentException(
              "a log entry holds String, Long, Integer, Boolean, List and Map; not "
                  + value.getClass().getName());
    }
  }

  private void writeLong(long number) {
    if (number > LARGEST || number < -LARGEST) {
      throw new IllegalArgumentException(
          "a number of a log entry lies within ±(2^53 − 1); write a larger one as a string");
    }
    text.append(number);
  }

  private void writeList(List<?> list, int depth) {
    text.append('[');
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      write(items.next(), depth + 1);
      text.append(items.hasNext() ? "," : "");
    }
    text.append(']');
  }

  /// Members in the order of their names' UTF-16 code units (RFC 8785 §3.2.3).
  private void writeMap(Map<?, ?> map, int depth) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> {
      if (!(name instanceof String key)) {
        throw new IllegalArgumentException("names in a log entry are strings");
      }
      sorted.put(key, value);
    });
    String separator = "{";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      text.append(separator);
      separator = ",";
      writeString(member.getKey());
      text.append(':');
      write(member.getValue(), depth + 1);
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void writeString(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> i += writeCharacter(string, i, c);
      }
    }
    text.append('"');
  }

  /// Returns how many further UTF-16 units it has used: 1 for a surrogate pair.
  private int writeCharacter(String string, int position, char c) {
    if (c < ' ') {
      text.append("\\u00").append(Character.forDigit(c >> 4, 16));
      text.append(Character.forDigit(c & 15, 16));
      return 0;
    }
    text.append(c);
    if (!Character.isSurrogate(c)) {
      return 0;
    }
    boolean paired =
        position + 1 < string.length() && Character.isSurrogatePair(c, string.charAt(position + 1));
    if (!paired) {
      throw new IllegalArgumentException("text of a log entry holds a lone surrogate");
    }
    text.append(string.charAt(position + 1));
    return 1;
  }
}
