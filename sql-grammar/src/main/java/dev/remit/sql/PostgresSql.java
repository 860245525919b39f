package dev.remit.sql;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.parser.StatementParser;
import dev.remit.sql.write.PostgresWriter;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.SqlNode;

/// PostgreSQL's language: text to tree and tree to text.
///
/// Stateless and safe for many threads. Errors of the text are RemitExceptions (SYNTAX_ERROR,
/// STATEMENT_TOO_COMPLEX, STATEMENT_TOO_LARGE, FEATURE_NOT_SUPPORTED, READ_ONLY) with the detail
/// `position`, 1-based in characters as PostgreSQL counts.
public final class PostgresSql {
  /// Longest statement that is read, in bytes of UTF-8.
  public static final int MAXIMUM_BYTES = 1024 * 1024;

  private PostgresSql() {}

  /// Reads one statement.
  ///
  /// @return a [dev.remit.sql.model.Statement]
  public static SqlNode parseStatement(String text) {
    requireSize(text);
    return StatementParser.statement(text);
  }

  /// Reads one expression, for example of a policy.
  public static SqlNode parseExpression(String text) {
    requireSize(text);
    return StatementParser.expression(text);
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

  private static void requireSize(String text) {
    boolean tooLarge =
        text.length() > MAXIMUM_BYTES
            || (text.length() > MAXIMUM_BYTES / 4
                && text.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES);
    if (tooLarge) {
      throw new RemitException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "the statement is larger than " + MAXIMUM_BYTES + " bytes; send it in parts");
    }
  }
}
