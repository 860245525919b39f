package dev.remit.proxy.plan;

import dev.remit.platform.error.RemitException;
import dev.remit.sql.Tokens;
import dev.remit.sql.model.text.Lexeme;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A statement's words: its shape without literals, and the literals.
///
/// Two statements of one shape differ in the values of literals only, each of the same sort (whole
/// number that fits int4, int8 or neither; decimal number; string; bits), because the sort decides
/// which operator PostgreSQL picks.
///
/// @param shape cache key; holds no literal
/// @param literals in the order of the text
/// @param words all of them
record StatementWords(String shape, List<Lexeme> literals, List<Lexeme> words) {

  static StatementWords of(List<Lexeme> words) {
    StringBuilder shape = new StringBuilder(words.size() * 8);
    List<Lexeme> literals = new ArrayList<>();
    for (Lexeme word : words) {
      if (word.isLiteral()) {
        literals.add(word);
        shape.append(sort(word));
      } else {
        append(shape, word);
      }
      shape.append(' ');
    }
    return new StatementWords(shape.toString(), literals, words);
  }

  /// Index of the last word that begins at or before this character position, or -1.
  int wordAt(int position) {
    int index = -1;
    while (index + 1 < words.size() && words.get(index + 1).position() <= position) {
      index++;
    }
    return index;
  }

  private static void append(StringBuilder shape, Lexeme word) {
    switch (word.kind()) {
      case QUOTED_IDENTIFIER, IDENTIFIER ->
          shape.append('"').append(word.text().replace("\"", "\"\"")).append('"');
      case PARAMETER -> shape.append('$').append(word.text());
      case KEYWORD, OPERATOR, PUNCTUATION, END, INTEGER, DECIMAL, STRING, BITS ->
          shape.append(word.text());
    }
  }

  /// Of a literal: `?4`, `?8`, `?n` numbers, `?s` string, `?b` bits.
  static String sort(Lexeme literal) {
    return switch (literal.kind()) {
      case INTEGER -> integerSort(literal.text());
      case DECIMAL -> "?n";
      case STRING -> "?s";
      default -> "?b";
    };
  }

  private static String integerSort(String written) {
    String digits = written.replaceFirst("^0+(?=.)", "");
    if (digits.length() < 10 || (digits.length() == 10 && digits.compareTo("2147483647") <= 0)) {
      return "?4";
    }
    boolean fits =
        digits.length() < 19
            || (digits.length() == 19 && digits.compareTo("9223372036854775807") <= 0);
    return fits ? "?8" : "?n";
  }

  /// The statements between top-level semicolons, without them; a text that cannot be cut, and one
  /// with nothing in it, is returned whole.
  static List<String> split(String text) {
    if (text.indexOf(';') < 0) {
      return List.of(text);
    }
    try {
      List<String> statements = Tokens.split(text).stream().map(Tokens.Part::text).toList();
      return statements.isEmpty() ? List.of(text) : statements;
    } catch (RemitException unreadable) {
      return List.of(text);
    }
  }

  /// Whether there is nothing but blanks, comments and semicolons.
  static boolean isEmpty(List<Lexeme> words) {
    return words.stream()
        .allMatch(word -> word.kind() == Lexeme.Kind.END || word.isPunctuation(";"));
  }

  /// The statement with `?` for each literal.
  static String normalised(List<Lexeme> words) {
    StringBuilder text = new StringBuilder();
    for (Lexeme word : words) {
      if (word.kind() == Lexeme.Kind.END) {
        break;
      }
      if (!text.isEmpty()) {
        text.append(' ');
      }
      switch (word.kind()) {
        case INTEGER, DECIMAL, STRING, BITS -> text.append('?');
        case QUOTED_IDENTIFIER ->
            text.append('"').append(word.text().replace("\"", "\"\"")).append('"');
        case PARAMETER -> text.append('$').append(word.text());
        case IDENTIFIER, KEYWORD, OPERATOR, PUNCTUATION, END -> text.append(word.text());
      }
    }
    return text.toString();
  }

  /// SHA-256 of a normalised statement, in hexadecimal.
  static String fingerprint(String normalised) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(normalised.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 belongs to every Java", missing);
    }
  }
}
