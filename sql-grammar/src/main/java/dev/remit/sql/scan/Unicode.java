package dev.remit.sql.scan;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Characters by their numbers: `U&` escapes and well-formedness.
final class Unicode {
  private static final String PAIR = "invalid Unicode surrogate pair";

  private Unicode() {}

  /// Refuses text that has no UTF-8 form, and zero characters, which PostgreSQL cannot hold.
  static void requireWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw new RemitException(
            ErrorCode.SYNTAX_ERROR,
            "the statement holds a character that is not valid in UTF-8",
            Map.of("position", String.valueOf(text.codePointCount(0, i) + 1)));
      }
    }
  }

  /// Undoes `\XXXX`, `\+XXXXXX` and the doubled escape character.
  ///
  /// @param error for a message and the index at which it applies
  static String decodeEscapes(
      String raw, char escape, BiFunction<String, Integer, RemitException> error) {
    StringBuilder value = new StringBuilder(raw.length());
    int high = -1;
    int at = 0;
    while (at < raw.length()) {
      int character;
      int begin = at;
      if (raw.charAt(at) != escape) {
        character = raw.charAt(at);
        at++;
      } else if (at + 1 < raw.length() && raw.charAt(at + 1) == escape) {
        character = escape;
        at += 2;
      } else {
        boolean wide = at + 1 < raw.length() && raw.charAt(at + 1) == '+';
        int digits = wide ? 6 : 4;
        int from = at + (wide ? 2 : 1);
        int unit = hexadecimal(raw, from, digits);
        if (unit < 0) {
          throw error.apply("invalid Unicode escape", begin);
        }
        at = from + digits;
        if (high < 0 && isHighSurrogate(unit)) {
          high = unit;
          continue;
        }
        if (high >= 0 && isLowSurrogate(unit)) {
          value.appendCodePoint(Character.toCodePoint((char) high, (char) unit));
          high = -1;
          continue;
        }
        if (high >= 0) {
          throw error.apply(PAIR, begin);
        }
        value.appendCodePoint(requireCharacter(unit, message -> error.apply(message, begin)));
        character = -1;
      }
      if (high >= 0) {
        throw error.apply(PAIR, begin);
      }
      if (character >= 0) {
        value.append((char) character);
      }
    }
    if (high >= 0) {
      throw error.apply(PAIR, at);
    }
    return value.toString();
  }

  /// A character's number that stands for itself.
  static int requireCharacter(int unit, Function<String, RemitException> error) {
    if (isLowSurrogate(unit) || isHighSurrogate(unit)) {
      throw error.apply(PAIR);
    }
    if (unit == 0 || unit > Character.MAX_CODE_POINT) {
      throw error.apply("invalid Unicode escape value");
    }
    return unit;
  }

  /// The number in exactly that many hexadecimal digits, or -1.
  static int hexadecimal(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value > Character.MAX_CODE_POINT ? Character.MAX_CODE_POINT + 1 : (int) value;
  }

  /// Value of an ASCII digit, or -1.
  static int digit(char c, int radix) {
    return c < 128 ? Character.digit(c, radix) : -1;
  }

  static boolean isHighSurrogate(int unit) {
    return unit >= 0xd800 && unit <= 0xdbff;
  }

  static boolean isLowSurrogate(int unit) {
    return unit >= 0xdc00 && unit <= 0xdfff;
  }
}
