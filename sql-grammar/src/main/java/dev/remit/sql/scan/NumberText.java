package dev.remit.sql.scan;

import dev.remit.sql.model.text.Lexeme;
import java.math.BigInteger;

/// A number as PostgreSQL 16 and later read it: underscores between digits, `0x`, `0o`, `0b`.
///
/// @param kind INTEGER or DECIMAL
/// @param text in decimal, without underscores
record NumberText(Lexeme.Kind kind, String text) {

  /// The scanner stands on the first character and is moved behind the last.
  static NumberText read(Scanner scanner) {
    int from = scanner.index();
    int radix = radix(scanner);
    NumberText number = radix == 10 ? decimal(scanner, from) : based(scanner, from, radix);
    char after = scanner.peek(0);
    if (Scanner.isNameStart(after)) {
      throw scanner.errorNear("trailing junk after numeric literal", scanner.wordEnd());
    }
    return number;
  }

  private static int radix(Scanner scanner) {
    if (scanner.peek(0) != '0') {
      return 10;
    }
    return switch (scanner.peek(1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private static NumberText based(Scanner scanner, int from, int radix) {
    int end = from + 2;
    String text = scanner.text();
    while (end < text.length()) {
      int digit = text.charAt(end) == '_' ? end + 1 : end;
      if (digit >= text.length() || Unicode.digit(text.charAt(digit), radix) < 0) {
        break;
      }
      end = digit + 1;
    }
    if (end == from + 2) {
      String kind =
          switch (radix) {
            case 16 -> "invalid hexadecimal integer";
            case 8 -> "invalid octal integer";
            default -> "invalid binary integer";
          };
      throw scanner.errorNear(kind, end);
    }
    scanner.moveTo(end);
    String digits = text.substring(from + 2, end).replace("_", "");
    return new NumberText(Lexeme.Kind.INTEGER, new BigInteger(digits, radix).toString());
  }

  private static NumberText decimal(Scanner scanner, int from) {
    String text = scanner.text();
    int end = digits(text, from);
    Lexeme.Kind kind = Lexeme.Kind.INTEGER;
    if (end < text.length() && text.charAt(end) == '.' && !text.startsWith("..", end)) {
      kind = Lexeme.Kind.DECIMAL;
      end = digits(text, end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int sign = end + 1;
      if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
        sign++;
      }
      int exponent = digits(text, sign);
      if (exponent > sign) {
        kind = Lexeme.Kind.DECIMAL;
        end = exponent;
      }
    }
    scanner.moveTo(end);
    return new NumberText(kind, text.substring(from, end).replace("_", ""));
  }

  /// Digits, with single underscores between them.
  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int digit = end > from && text.charAt(end) == '_' ? end + 1 : end;
      if (digit >= text.length() || !Scanner.isDigit(text.charAt(digit))) {
        break;
      }
      end = digit + 1;
    }
    return end;
  }
}
