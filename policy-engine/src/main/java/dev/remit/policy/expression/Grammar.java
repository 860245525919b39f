package dev.remit.policy.expression;

import dev.remit.platform.error.RemitException;
import dev.remit.sql.PostgresSql;
import org.apache.calcite.sql.SqlNode;

/// The one place where policy text meets the grammar.
public final class Grammar {
  private static final int LONGEST_TEXT = 10_000;

  private Grammar() {}

  /// Parses one expression; `$n` becomes dynamic parameter n-1. A text that does not parse is an
  /// `IllegalArgumentException`.
  public static SqlNode read(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("an expression is at most 10,000 characters");
    }
    try {
      return PostgresSql.parseExpression(text);
    } catch (RemitException unreadable) {
      throw new IllegalArgumentException(
          "'" + text + "' cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /// Text of a tree, as PostgreSQL reads it.
  public static String write(SqlNode tree) {
    return PostgresSql.write(tree);
  }
}
