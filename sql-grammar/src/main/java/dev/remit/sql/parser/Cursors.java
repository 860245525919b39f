package dev.remit.sql.parser;

import dev.remit.sql.model.Command;
import dev.remit.sql.model.text.Lexeme;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Direction and count of FETCH and MOVE while they are being read.
final class Cursors {
  private static final Set<String> COUNTED = Set.of("absolute", "relative");
  private static final Set<String> DIRECTED = Set.of("forward", "backward");
  private static final Set<String> PLAIN = Set.of("next", "prior", "first", "last");

  private String direction = "next";
  private Optional<Long> count = Optional.of(1L);

  /// Reads up to FROM, IN or the cursor's name. A direction word that ends the statement is the
  /// cursor's name.
  void read(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    Token second = parser.getToken(2);
    if (Words.isKind(second, Lexeme.Kind.END) || Words.is(second, ";")) {
      return;
    }
    String word = Words.text(first);
    if (Words.is(first, "all")) {
      parser.getNextToken();
      direction = "forward";
      count = Optional.empty();
    } else if (isNumber(first)) {
      direction = "forward";
      count = Optional.of(number(parser));
    } else if (Words.isKind(first, Lexeme.Kind.KEYWORD) && PLAIN.contains(word)) {
      parser.getNextToken();
      direction = word;
    } else if (Words.isKind(first, Lexeme.Kind.KEYWORD) && COUNTED.contains(word)) {
      parser.getNextToken();
      direction = word;
      count = Optional.of(number(parser));
    } else if (Words.isKind(first, Lexeme.Kind.KEYWORD) && DIRECTED.contains(word)) {
      parser.getNextToken();
      direction = word;
      if (Words.is(parser.getToken(1), "all")) {
        parser.getNextToken();
        count = Optional.empty();
      } else if (isNumber(parser.getToken(1))) {
        count = Optional.of(number(parser));
      }
    }
  }

  SqlNode command(SqlParserPos position, boolean move, String cursor) {
    return new Command.FetchCursor(position, move, direction, count, cursor);
  }

  private static boolean isNumber(Token token) {
    return Precedence.isPrefixSign(token) || Words.isKind(token, Lexeme.Kind.INTEGER);
  }

  private static long number(PostgresParserImpl parser) {
    Token token = parser.getNextToken();
    int sign = 1;
    if (Precedence.isPrefixSign(token)) {
      sign = Words.isOperator(token, "-") ? -1 : 1;
      token = parser.getNextToken();
    }
    return (long) sign * Trees.integer(token);
  }
}
