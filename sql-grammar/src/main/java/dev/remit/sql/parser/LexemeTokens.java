package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.text.Lexeme;
import dev.remit.sql.scan.Keywords;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Gives the generated parser our lexemes in place of its own scanner's tokens, and counts how deep
/// its productions have gone into each other.
///
/// Of the token kinds in the template only keywords and punctuation are used; names, literals and
/// operators have kinds of their own (`tokens.ftl`).
final class LexemeTokens extends PostgresParserImplTokenManager {
  private static final Map<String, Integer> KEYWORDS = keywords();
  private static final Map<String, Integer> PUNCTUATION =
      Map.ofEntries(
          Map.entry("(", PostgresParserImplConstants.LPAREN),
          Map.entry(")", PostgresParserImplConstants.RPAREN),
          Map.entry("[", PostgresParserImplConstants.LBRACKET),
          Map.entry("]", PostgresParserImplConstants.RBRACKET),
          Map.entry(",", PostgresParserImplConstants.COMMA),
          Map.entry(".", PostgresParserImplConstants.DOT),
          Map.entry("..", PostgresParserImplConstants.DOUBLE_PERIOD),
          Map.entry(";", PostgresParserImplConstants.SEMICOLON),
          Map.entry(":", PostgresParserImplConstants.COLON),
          Map.entry("=>", PostgresParserImplConstants.NAMED_ARGUMENT_ASSIGNMENT),
          Map.entry("::", PostgresParserImplConstants.PG_TYPECAST),
          Map.entry(":=", PostgresParserImplConstants.PG_COLON_EQUALS));

  private final String text;
  private final List<Lexeme> lexemes;
  private final int maximumNesting;
  private int next;
  private int nesting;

  LexemeTokens(String text, List<Lexeme> lexemes, int maximumNesting) {
    super(new SimpleCharStream(new StringReader("")));
    this.text = text;
    this.lexemes = lexemes;
    this.maximumNesting = maximumNesting;
  }

  /// The next lexeme; the last one is the end, again and again.
  @Override
  public Token getNextToken() {
    Lexeme lexeme = lexemes.get(next);
    next = Math.min(next + 1, lexemes.size() - 1);
    return new LexemeToken(lexeme, kind(lexeme), text.substring(lexeme.start(), lexeme.end()));
  }

  /// A production that can contain itself begins.
  void enter() {
    nesting++;
    if (nesting > maximumNesting) {
      throw tooComplex(maximumNesting);
    }
  }

  void leave() {
    nesting--;
  }

  static RemitException tooComplex(int maximum) {
    return new RemitException(
        ErrorCode.STATEMENT_TOO_COMPLEX,
        "the statement is nested more than " + maximum + " levels deep; split it");
  }

  private static int kind(Lexeme lexeme) {
    return switch (lexeme.kind()) {
      case IDENTIFIER, QUOTED_IDENTIFIER -> PostgresParserImplConstants.PG_NAME;
      case KEYWORD -> KEYWORDS.getOrDefault(lexeme.text(), PostgresParserImplConstants.PG_NAME);
      case INTEGER, DECIMAL -> PostgresParserImplConstants.PG_NUMBER;
      case STRING -> PostgresParserImplConstants.PG_STRING;
      case BITS -> PostgresParserImplConstants.PG_BITS;
      case PARAMETER -> PostgresParserImplConstants.PG_PARAMETER;
      case OPERATOR -> PostgresParserImplConstants.PG_OPERATOR;
      case PUNCTUATION -> Objects.requireNonNull(PUNCTUATION.get(lexeme.text()));
      case END -> PostgresParserImplConstants.EOF;
    };
  }

  private static Map<String, Integer> keywords() {
    Map<String, Integer> kinds = new HashMap<>();
    for (int kind = 0; kind < PostgresParserImplConstants.tokenImage.length; kind++) {
      String word =
          PostgresParserImplConstants.tokenImage[kind].replace("\"", "").toLowerCase(Locale.ROOT);
      if (Keywords.contains(word)) {
        kinds.putIfAbsent(word, kind);
      }
    }
    return Map.copyOf(kinds);
  }
}
