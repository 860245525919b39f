package dev.remit.catalog.classify.text;

/// Character classes of the scanner, and reading beyond the ends of a text without a fault.
final class Characters {
  /// What stands before the first and after the last character.
  static final char OUTSIDE = '\n';

  private Characters() {}

  static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : OUTSIDE;
  }

  static boolean isDigit(char symbol) {
    return symbol >= '0' && symbol <= '9';
  }

  static boolean isAsciiLetter(char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z');
  }

  static boolean isAsciiWord(char symbol) {
    return isAsciiLetter(symbol) || isDigit(symbol);
  }

  /// Letter or digit of any script, or an underscore: nothing that stands beside it is whole.
  static boolean isWord(char symbol) {
    return isAsciiWord(symbol)
        || symbol == '_'
        || (symbol >= 128 && Character.isLetterOrDigit(symbol));
  }

  static boolean isHex(char symbol) {
    return isDigit(symbol) || (symbol >= 'a' && symbol <= 'f') || (symbol >= 'A' && symbol <= 'F');
  }

  static boolean isHostPart(char symbol) {
    return isAsciiWord(symbol)
        || symbol == '-'
        || symbol == '.'
        || (symbol >= 128 && Character.isLetter(symbol));
  }
}
