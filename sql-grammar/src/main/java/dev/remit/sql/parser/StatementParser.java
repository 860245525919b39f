package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.text.Lexeme;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Runs the generated parser within bounds.
///
/// Nesting is bounded while parsing, the height of the tree after it (long chains of one operator
/// are high without being nested), so that no recursion over a tree meets the end of the stack.
public final class StatementParser {
  private static final int MAXIMUM_NESTING = 250;
  private static final int MAXIMUM_HEIGHT = 600;

  private StatementParser() {}

  /// One statement; semicolons after it are no part of it.
  ///
  /// @param lexemes of the text
  public static SqlNode statement(String text, List<Lexeme> lexemes) {
    return parse(text, lexemes, PostgresParserImpl::PgStatementEof);
  }

  /// One expression.
  public static SqlNode expression(String text, List<Lexeme> lexemes) {
    return parse(text, lexemes, PostgresParserImpl::PgExpressionEof);
  }

  private interface Production {
    SqlNode parse(PostgresParserImpl parser) throws ParseException;
  }

  private static SqlNode parse(String text, List<Lexeme> lexemes, Production production) {
    PostgresParserImpl parser =
        new PostgresParserImpl(new LexemeTokens(text, lexemes, MAXIMUM_NESTING));
    SqlNode node;
    try {
      node = production.parse(parser);
    } catch (ParseException failure) {
      throw Words.syntaxError(failure.currentToken.next);
    } catch (StackOverflowError exhausted) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deep; split it");
    }
    requireBounded(node);
    return node;
  }

  private record Level(SqlNode node, int height) {}

  private static void requireBounded(SqlNode root) {
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(root, 1));
    while (!open.isEmpty()) {
      Level level = open.pop();
      if (level.height() > MAXIMUM_HEIGHT) {
        throw LexemeTokens.tooComplex(MAXIMUM_HEIGHT);
      }
      List<SqlNode> children =
          switch (level.node()) {
            case SqlCall call -> call.getOperandList();
            case SqlNodeList list -> list.getList();
            default -> List.of();
          };
      for (SqlNode child : children) {
        if (child != null) {
          open.push(new Level(child, level.height() + 1));
        }
      }
    }
  }
}
