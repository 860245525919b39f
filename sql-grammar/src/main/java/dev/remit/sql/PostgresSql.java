package dev.remit.sql;

import dev.remit.sql.model.text.WrittenSql;
import dev.remit.sql.parser.StatementParser;
import dev.remit.sql.write.PostgresWriter;
import org.apache.calcite.sql.SqlNode;

/// PostgreSQL's language: text to tree and tree to text.
///
/// Stateless and safe for many threads. Errors of the text are RemitExceptions (SYNTAX_ERROR,
/// STATEMENT_TOO_COMPLEX, STATEMENT_TOO_LARGE, FEATURE_NOT_SUPPORTED, READ_ONLY) with the detail
/// `position`, 1-based in characters as PostgreSQL counts.
public final class PostgresSql {
  private PostgresSql() {}

  /// Reads one statement.
  ///
  /// @return a [dev.remit.sql.model.Statement]
  public static SqlNode parseStatement(String text) {
    return StatementParser.statement(text, Tokens.scan(text));
  }

  /// Reads one expression, for example of a policy.
  public static SqlNode parseExpression(String text) {
    return StatementParser.expression(text, Tokens.scan(text));
  }

  /// The text that PostgreSQL reads as this tree.
  ///
  /// @param node a statement, an expression or a type name
  public static String write(SqlNode node) {
    return PostgresWriter.write(node).text();
  }

  /// The text, and where its parts stood in the text that was parsed.
  public static WrittenSql writeWithOrigins(SqlNode node) {
    return PostgresWriter.write(node);
  }
}
