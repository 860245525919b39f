package dev.remit.sql.model.text;

/// One word of a statement.
///
/// @param kind what sort of word
/// @param text the word with its spelling undone: identifiers folded or unquoted, keywords in lower
///   case, strings decoded, numbers without underscores and in decimal, operators as written (`!=`
///   as `<>`)
/// @param start UTF-16 index of the first character in the text
/// @param end UTF-16 index after the last character
/// @param position 1-based count of characters (code points), as PostgreSQL reports positions
public record Lexeme(Kind kind, String text, int start, int end, int position) {

  /// Sorts of lexemes.
  public enum Kind {
    /// An unquoted name that is no keyword.
    IDENTIFIER,
    /// A name in double quotes, `U&""` included: never a keyword.
    QUOTED_IDENTIFIER,
    /// A word of PostgreSQL's keyword list, whatever its category.
    KEYWORD,
    /// A whole number without point or exponent.
    INTEGER,
    /// A number with point or exponent.
    DECIMAL,
    /// A character string in any of its spellings.
    STRING,
    /// A bit string; the text begins with `b` or `x`, as PostgreSQL keeps it.
    BITS,
    /// `$n`; the text is the number.
    PARAMETER,
    /// An operator symbol, `=`, `<`, `*` and their like included.
    OPERATOR,
    /// Punctuation: `( ) [ ] , ; . : :: := => ..`
    PUNCTUATION,
    /// After the last word.
    END
  }

  /// Whether this is that keyword (lower case).
  public boolean isKeyword(String word) {
    return kind == Kind.KEYWORD && text.equals(word);
  }

  /// Whether this is that punctuation.
  public boolean isPunctuation(String symbol) {
    return kind == Kind.PUNCTUATION && text.equals(symbol);
  }

  /// Whether this is that operator symbol.
  public boolean isOperator(String symbol) {
    return kind == Kind.OPERATOR && text.equals(symbol);
  }

  /// Whether a value stands here that a statement's fingerprint leaves out.
  public boolean isLiteral() {
    return switch (kind) {
      case INTEGER, DECIMAL, STRING, BITS -> true;
      case IDENTIFIER, QUOTED_IDENTIFIER, KEYWORD, PARAMETER, OPERATOR, PUNCTUATION, END -> false;
    };
  }
}
