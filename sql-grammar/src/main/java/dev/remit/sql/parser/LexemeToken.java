package dev.remit.sql.parser;

import dev.remit.sql.model.text.Lexeme;
import org.apache.calcite.sql.parser.SqlParserPos;

/// A lexeme as the generated parser knows tokens. The column is the character position.
final class LexemeToken extends Token {
  private final Lexeme lexeme;

  LexemeToken(Lexeme lexeme, int tokenKind, String written) {
    this.lexeme = lexeme;
    kind = tokenKind;
    image = written;
    beginLine = 1;
    endLine = 1;
    beginColumn = lexeme.position();
    endColumn = lexeme.position() + Math.max(0, written.codePointCount(0, written.length()) - 1);
  }

  Lexeme lexeme() {
    return lexeme;
  }

  SqlParserPos position() {
    return new SqlParserPos(1, beginColumn, 1, endColumn);
  }
}
