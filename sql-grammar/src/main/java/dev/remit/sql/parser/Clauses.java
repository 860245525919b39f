package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.sql.model.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// LIMIT, OFFSET and FOR of one query while they are being read: each at most once, in any order.
final class Clauses {
  private @Nullable SqlNode limit;
  private @Nullable SqlNode offset;
  private boolean limited;
  private final List<String> locking = new ArrayList<>();

  void limit(@Nullable SqlNode rows, Token token) {
    if (limited) {
      throw Words.at(token, ErrorCode.SYNTAX_ERROR, "multiple LIMIT clauses not allowed");
    }
    limited = true;
    limit = rows;
  }

  void offset(SqlNode rows, Token token) {
    if (offset != null) {
      throw Words.at(token, ErrorCode.SYNTAX_ERROR, "multiple OFFSET clauses not allowed");
    }
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
}
