package dev.remit.sql.scan;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.text.Lexeme;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Cuts a statement into lexemes by the rules of PostgreSQL 18's `scan.l`.
///
/// One pass, no recursion, no regular expressions. Used once per text, by one thread. Names are
/// shortened to 63 bytes as PostgreSQL shortens them, so that what is resolved is what was meant.
///
/// Source: PostgreSQL documentation, section 4.1 "Lexical Structure"; `src/backend/parser/scan.l`.
public final class Scanner {
  private static final int MAXIMUM_NAME_BYTES = 63;
  private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
  private static final String SINGLE_CHARACTERS = ",()[].;:+-*/%^<>=";

  private final String text;
  private final int maximumLexemes;
  private final List<Lexeme> lexemes = new ArrayList<>();
  private int index;
  private int start;
  private int counted;
  private int characters;

  private Scanner(String text, int maximumLexemes) {
    this.text = text;
    this.maximumLexemes = maximumLexemes;
  }

  /// The text's lexemes, the last one [Lexeme.Kind#END].
  ///
  /// @param maximumLexemes more than that are refused with STATEMENT_TOO_COMPLEX
  public static List<Lexeme> scan(String text, int maximumLexemes) {
    return new Scanner(text, maximumLexemes).scan();
  }

  private List<Lexeme> scan() {
    Unicode.requireWellFormed(text);
    while (skipBlank()) {
      start = index;
      next();
      if (lexemes.size() > maximumLexemes) {
        throw new RemitException(
            ErrorCode.STATEMENT_TOO_COMPLEX,
            "the statement has more than " + maximumLexemes + " words; split it");
      }
    }
    start = index;
    add(Lexeme.Kind.END, "");
    return List.copyOf(lexemes);
  }

  private void next() {
    char first = text.charAt(index);
    char second = peek(1);
    if (first == '\'') {
      add(Lexeme.Kind.STRING, new QuotedText(this).plainString());
    } else if (second == '\'' && (first == 'e' || first == 'E')) {
      index++;
      add(Lexeme.Kind.STRING, new EscapedText(this).read());
    } else if (second == '\'' && "bBxX".indexOf(first) >= 0) {
      index++;
      String digits = new QuotedText(this).bits();
      add(Lexeme.Kind.BITS, Character.toLowerCase(first) + digits);
    } else if (second == '\'' && (first == 'n' || first == 'N')) {
      index++;
      add(Lexeme.Kind.KEYWORD, "nchar");
    } else if (second == '&' && (first == 'u' || first == 'U') && "'\"".indexOf(peek(2)) >= 0) {
      unicode();
    } else if (first == '"') {
      add(Lexeme.Kind.QUOTED_IDENTIFIER, name(new QuotedText(this).quotedName()));
    } else if (first == '$') {
      dollar();
    } else if (isDigit(first) || (first == '.' && isDigit(second))) {
      NumberText number = NumberText.read(this);
      add(number.kind(), number.text());
    } else if (isNameStart(first)) {
      word();
    } else {
      symbol(first);
    }
  }

  private void word() {
    int end = index + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    index = end;
    String folded = fold(text.substring(start, end));
    if (Keywords.contains(folded)) {
      add(Lexeme.Kind.KEYWORD, folded);
    } else {
      add(Lexeme.Kind.IDENTIFIER, name(folded));
    }
  }

  private void unicode() {
    boolean string = text.charAt(index + 2) == '\'';
    int first = positionOf(start) + 3;
    index += 2;
    QuotedText quoted = new QuotedText(this);
    String raw = string ? quoted.plainString() : quoted.quotedName();
    char escape = quoted.unicodeEscape();
    String decoded =
        Unicode.decodeEscapes(
            raw,
            escape,
            (message, at) ->
                errorAt(ErrorCode.SYNTAX_ERROR, message, first + raw.codePointCount(0, at)));
    if (string) {
      add(Lexeme.Kind.STRING, decoded);
    } else {
      add(Lexeme.Kind.QUOTED_IDENTIFIER, name(decoded));
    }
  }

  private void dollar() {
    if (isDigit(peek(1))) {
      int end = index + 1;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      if (end < text.length() && isNameStart(text.charAt(end))) {
        throw error("trailing junk after parameter");
      }
      index = end;
      String digits = text.substring(start + 1, end);
      if (new BigInteger(digits).bitLength() > 31) {
        throw error("parameter number too large");
      }
      add(Lexeme.Kind.PARAMETER, String.valueOf(Integer.parseInt(digits)));
      return;
    }
    int end = index + 1;
    while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '$') {
      throw nearError();
    }
    String fence = text.substring(index, end + 1);
    int close = text.indexOf(fence, end + 1);
    if (close < 0) {
      throw error("unterminated dollar-quoted string");
    }
    index = close + fence.length();
    add(Lexeme.Kind.STRING, text.substring(end + 1, close));
  }

  private void symbol(char first) {
    for (String punctuation : List.of("::", "..", ":=", "=>")) {
      if (text.startsWith(punctuation, index) && !longerOperator(punctuation)) {
        index += punctuation.length();
        add(Lexeme.Kind.PUNCTUATION, punctuation);
        return;
      }
    }
    if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
      operator();
      return;
    }
    if (SINGLE_CHARACTERS.indexOf(first) < 0) {
      throw nearError();
    }
    index++;
    add(Lexeme.Kind.PUNCTUATION, String.valueOf(first));
  }

  private boolean longerOperator(String punctuation) {
    return punctuation.equals("=>") && operatorEnd() > index + 2;
  }

  private int operatorEnd() {
    int end = index;
    while (end < text.length()
        && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0
        && !text.startsWith("/*", end)
        && !text.startsWith("--", end)) {
      end++;
    }
    if (end - index > 1 && !hasUnusualCharacter(index, end)) {
      while (end - index > 1 && (text.charAt(end - 1) == '+' || text.charAt(end - 1) == '-')) {
        end--;
      }
    }
    return end;
  }

  /// A multi-character operator may end in + or - only if it has one of these characters.
  private boolean hasUnusualCharacter(int from, int to) {
    for (int i = from; i < to; i++) {
      if ("~!@#^&|`?%".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void operator() {
    index = operatorEnd();
    if (index - start > MAXIMUM_NAME_BYTES) {
      throw error("operator too long");
    }
    String symbol = text.substring(start, index);
    add(Lexeme.Kind.OPERATOR, symbol.equals("!=") ? "<>" : symbol);
  }

  private boolean skipBlank() {
    while (index < text.length()) {
      if (isSpace(text.charAt(index))) {
        index++;
      } else if (text.startsWith("--", index)) {
        index = lineEnd(index);
      } else if (text.startsWith("/*", index)) {
        skipComment();
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipComment() {
    start = index;
    int depth = 1;
    index += 2;
    while (depth > 0) {
      if (index >= text.length()) {
        throw error("unterminated /* comment");
      }
      if (text.startsWith("/*", index)) {
        depth++;
        index += 2;
      } else if (text.startsWith("*/", index)) {
        depth--;
        index += 2;
      } else {
        index++;
      }
    }
  }

  /// As many whole characters as fit into 63 bytes.
  private static String name(String name) {
    int bytes = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      bytes += Character.toString(name.codePointAt(i)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAXIMUM_NAME_BYTES) {
        return name.substring(0, i);
      }
    }
    return name;
  }

  private void add(Lexeme.Kind kind, String value) {
    lexemes.add(new Lexeme(kind, value, start, index, positionOf(start)));
  }

  /// Starts come in ascending order, except for the start of an error, so counting goes on from the
  /// last one.
  int positionOf(int offset) {
    if (offset < counted) {
      return text.codePointCount(0, offset) + 1;
    }
    characters += text.codePointCount(counted, offset);
    counted = offset;
    return characters + 1;
  }

  /// The text being cut.
  String text() {
    return text;
  }

  /// Where reading goes on.
  int index() {
    return index;
  }

  void moveTo(int offset) {
    index = offset;
  }

  char peek(int distance) {
    return index + distance < text.length() ? text.charAt(index + distance) : '\0';
  }

  /// Whether that word follows after white space; then the scanner stands on what comes after it.
  boolean skipBlankAndWord(String word) {
    int begin = start;
    boolean found = skipBlank() && text.regionMatches(true, index, word, 0, word.length());
    index += found ? word.length() : 0;
    found = found && (index == text.length() || !isNamePart(text.charAt(index))) && skipBlank();
    start = begin;
    return found;
  }

  int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  RemitException error(String message) {
    return errorAt(ErrorCode.SYNTAX_ERROR, message, positionOf(start));
  }

  /// @param position in characters, from 1
  RemitException errorAt(ErrorCode code, String message, int position) {
    return new RemitException(code, message, Map.of("position", String.valueOf(position)));
  }

  /// Where the letters and digits end that go on here.
  int wordEnd() {
    int end = index;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /// A mistake in the token that ends at this index.
  RemitException errorNear(String message, int end) {
    return error(message + " at or near \"" + text.substring(start, end) + "\"");
  }

  private RemitException nearError() {
    String near = text.substring(index, text.offsetByCodePoints(index, 1));
    return error("syntax error at or near \"" + near + "\"");
  }

  /// ASCII only: PostgreSQL does not fold other letters in UTF-8 databases.
  private static String fold(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return foldAscii(word);
      }
    }
    return word;
  }

  private static String foldAscii(String word) {
    if (word.chars().allMatch(c -> c < 128)) {
      return word.toLowerCase(Locale.ROOT);
    }
    StringBuilder folded = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
