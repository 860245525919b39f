package dev.remit.sql.parser;

import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Query bodies: set operations and `TABLE t`.
final class Bodies {
  private Bodies() {}

  /// 2 for INTERSECT, 1 for UNION and EXCEPT, 0 for anything else.
  static int level(Token token) {
    if (Words.is(token, "intersect")) {
      return 2;
    }
    return Words.is(token, "union") || Words.is(token, "except") ? 1 : 0;
  }

  static SqlNode operation(Token operator, boolean all, SqlNode left, SqlNode right) {
    SetOperation.Kind kind =
        SetOperation.Kind.valueOf(Words.text(operator).toUpperCase(Locale.ROOT));
    return new SetOperation(((LexemeToken) operator).position(), kind, all, left, right);
  }

  /// A query in parentheses that has no clauses of its own is its body.
  static SqlNode unwrapped(Query query) {
    return query.isPlain() ? query.body() : query;
  }

  static SqlNode table(SqlParserPos position, SqlNode relation) {
    if (!(relation instanceof FromItem.TableName)) {
      throw new IllegalStateException("TABLE names a relation");
    }
    SqlNodeList targets = SqlNodeList.of(new Target(position, SqlIdentifier.star(position), null));
    return new Select(
        position,
        Select.Quantity.ALL,
        null,
        targets,
        SqlNodeList.of(relation),
        null,
        false,
        null,
        null,
        null);
  }
}
