package dev.remit.proxy.person;

import java.util.ArrayList;
import java.util.List;

/// Reads the text form of an array, as PostgreSQL documents it: `{1,2,"a, b",NULL}`.
final class ArrayText {
  private ArrayText() {}

  /// The elements that are not NULL, those of inner arrays included; at most so many.
  static List<String> elements(String text, int most) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    boolean wasQuoted = false;
    for (int i = text.indexOf('{'); i >= 0 && i < text.length() && elements.size() < most; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        element.append(text.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else if (quoted || (c != ',' && c != '{' && c != '}')) {
        element.append(c);
      } else if (c != '{') {
        String plain = wasQuoted ? element.toString() : element.toString().strip();
        if (wasQuoted || !(plain.isEmpty() || plain.equalsIgnoreCase("null"))) {
          elements.add(plain);
        }
        element.setLength(0);
        wasQuoted = false;
      }
    }
    return elements;
  }
}
