package dev.remit.sql.scan;

import dev.remit.platform.error.ErrorCode;

/// Strings and names in quotes whose only escape is the doubled quote, and the UESCAPE after them.
///
/// The scanner stands on the opening quote; after reading it stands behind the last character that
/// belongs to the lexeme.
final class QuotedText {
  private final Scanner scanner;

  QuotedText(Scanner scanner) {
    this.scanner = scanner;
  }

  /// `'…'`, going on after white space that holds a line end (SQL's string continuation).
  String plainString() {
    StringBuilder value = new StringBuilder();
    do {
      segment(value, '\'', "unterminated quoted string");
    } while (continues(scanner));
    return value.toString();
  }

  /// `B'…'` and `X'…'`: a doubled quote is no escape there.
  String bits() {
    StringBuilder value = new StringBuilder();
    do {
      int from = scanner.index() + 1;
      int close = scanner.text().indexOf('\'', from);
      if (close < 0) {
        throw scanner.error("unterminated bit string literal");
      }
      value.append(scanner.text(), from, close);
      scanner.moveTo(close + 1);
    } while (continues(scanner));
    return value.toString();
  }

  String quotedName() {
    StringBuilder value = new StringBuilder();
    segment(value, '"', "unterminated quoted identifier");
    if (value.isEmpty()) {
      throw scanner.errorNear("zero-length delimited identifier", scanner.index());
    }
    return value.toString();
  }

  private void segment(StringBuilder value, char quote, String unterminated) {
    String text = scanner.text();
    int from = scanner.index() + 1;
    while (true) {
      int close = text.indexOf(quote, from);
      if (close < 0) {
        throw scanner.error(unterminated);
      }
      value.append(text, from, close);
      if (close + 1 < text.length() && text.charAt(close + 1) == quote) {
        value.append(quote);
        from = close + 2;
      } else {
        scanner.moveTo(close + 1);
        return;
      }
    }
  }

  /// Moves to the next segment's quote if the string goes on there.
  static boolean continues(Scanner scanner) {
    String text = scanner.text();
    int at = scanner.index();
    boolean line = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        line = true;
        at++;
      } else if (Scanner.isSpace(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        at = scanner.lineEnd(at);
      } else {
        break;
      }
    }
    if (line && at < text.length() && text.charAt(at) == '\'') {
      scanner.moveTo(at);
      return true;
    }
    return false;
  }

  /// The escape character of a `U&` form: what a following `UESCAPE 'c'` says, else a backslash.
  char unicodeEscape() {
    int end = scanner.index();
    if (!scanner.skipBlankAndWord("uescape")) {
      scanner.moveTo(end);
      return '\\';
    }
    if (scanner.peek(0) != '\'') {
      throw scanner.error("UESCAPE must be followed by a simple string literal");
    }
    int literal = scanner.index();
    String value = plainString();
    char escape = value.length() == 1 ? value.charAt(0) : '+';
    boolean hexadecimal = Character.digit(escape, 16) >= 0 && escape < 128;
    if (hexadecimal || "+'\"".indexOf(escape) >= 0 || Scanner.isSpace(escape)) {
      throw scanner.errorAt(
          ErrorCode.SYNTAX_ERROR,
          "invalid Unicode escape character at or near \""
              + scanner.text().substring(literal, scanner.index())
              + "\"",
          scanner.positionOf(literal));
    }
    return escape;
  }
}
