package dev.remit.evidence.leaf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes JSON in the one form of RFC 8785 (JCS), for the value types of a log entry, as UTF-8.
///
/// Numbers are integers within ±(2^53 − 1), the range every JSON reader keeps exactly. Each record
/// of the log is written by it once, before its statement's rows may pass: hence straight into
/// bytes.
final class CanonicalJson {
  private static final long LARGEST = (1L << 53) - 1;
  private static final int DEEPEST = 64;
  private static final int MOST_BYTES_OF_A_CHARACTER = 6;

  private byte[] bytes;
  private int length;

  CanonicalJson(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  /// The value alone.
  static byte[] of(Object value) {
    CanonicalJson json = new CanonicalJson(256);
    json.write(value);
    return json.from(0);
  }

  int length() {
    return length;
  }

  /// What was written from this byte on.
  byte[] from(int start) {
    return Arrays.copyOfRange(bytes, start, length);
  }

  /// Structure between values, ASCII.
  CanonicalJson raw(String text) {
    append(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private void append(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  CanonicalJson write(Object value) {
    write(value, 0);
    return this;
  }

  private void write(Object value, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("a value of a log entry is nested at most 64 deep");
    }
    switch (value) {
      case String string -> writeString(string);
      case Boolean flag -> raw(flag.toString());
      case Integer number -> raw(number.toString());
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
    raw(Long.toString(number));
  }

  private void writeList(List<?> list, int depth) {
    raw("[");
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      write(items.next(), depth + 1);
      raw(items.hasNext() ? "," : "");
    }
    raw("]");
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
      raw(separator);
      separator = ",";
      writeString(member.getKey());
      raw(":");
      write(member.getValue(), depth + 1);
    }
    raw(sorted.isEmpty() ? "{}" : "}");
  }

  private void writeString(String string) {
    reserve(string.length() * MOST_BYTES_OF_A_CHARACTER + 2);
    bytes[length++] = '"';
    if (isPlain(string)) {
      append(string.getBytes(StandardCharsets.ISO_8859_1));
    } else {
      writeEscaped(string);
    }
    bytes[length++] = '"';
  }

  /// Whether nothing of it is escaped: most texts are such.
  private static boolean isPlain(String string) {
    for (int i = 0; i < string.length(); i++) {
      if (!isPlain(string.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  }

  private void writeEscaped(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (isPlain(c)) {
        bytes[length++] = (byte) c;
      } else {
        i += writeSpecial(string, i, c);
      }
    }
  }

  /// Returns how many further UTF-16 units it has used: 1 for a surrogate pair.
  private int writeSpecial(String string, int position, char c) {
    switch (c) {
      case '"' -> raw("\\\"");
      case '\\' -> raw("\\\\");
      case '\b' -> raw("\\b");
      case '\t' -> raw("\\t");
      case '\n' -> raw("\\n");
      case '\f' -> raw("\\f");
      case '\r' -> raw("\\r");
      default -> {
        if (c < ' ') {
          raw("\\u00" + Character.forDigit(c >> 4, 16) + Character.forDigit(c & 15, 16));
        } else {
          return writeCharacter(string, position, c);
        }
      }
    }
    return 0;
  }

  private int writeCharacter(String string, int position, char c) {
    boolean paired =
        position + 1 < string.length() && Character.isSurrogatePair(c, string.charAt(position + 1));
    if (Character.isSurrogate(c) && !paired) {
      throw new IllegalArgumentException("text of a log entry holds a lone surrogate");
    }
    int units = paired ? 2 : 1;
    byte[] encoded = string.substring(position, position + units).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return units - 1;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
