package dev.remit.sql.parser;

import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The parts around and inside a query: set operations, `TABLE t`, and LIMIT, OFFSET and FOR while
/// they are being read, each at most once, in any order.
final class QueryParts {
  private @Nullable SqlNode limit;
  private @Nullable SqlNode offset;
  private boolean limited;
  private final List<String> locking = new ArrayList<>();

  /// LIMIT or FETCH begins.
  void limited(Token token) {
    if (limited) {
      throw Words.syntaxError(token);
    }
    limited = true;
  }

  /// Not called for `LIMIT ALL`.
  void limit(SqlNode rows) {
    limit = rows;
  }

  /// OFFSET begins.
  void skipped(Token token) {
    if (offset != null) {
      throw Words.syntaxError(token);
    }
  }

  void offset(SqlNode rows) {
    offset = rows;
  }

  /// @param words empty for `FOR READ ONLY`, which locks nothing
  void lock(String words) {
    if (!words.isEmpty()) {
      locking.add(words);
    }
  }

  Query query(
      SqlParserPos position,
      boolean recursive,
      @Nullable SqlNodeList with,
      SqlNode body,
      @Nullable SqlNodeList order,
      boolean ties) {
    boolean plain =
        with == null && order == null && !limited && offset == null && locking.isEmpty();
    if (plain && body instanceof Query inner) {
      return inner;
    }
    return new Query(position, recursive, with, body, order, limit, offset, ties, locking);
  }

  static void requireOne(Token token, String one, String other) {
    if (!Words.is(token, one) && !Words.is(token, other)) {
      throw Words.syntaxError(token);
    }
  }

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
