package dev.remit.sql.parser;

import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// What the productions of FROM ask and build.
final class Joins {
  private static final Set<String> STARTS =
      Set.of("join", "cross", "inner", "left", "right", "full", "natural");

  private Joins() {}

  static boolean starts(Token token) {
    return STARTS.stream().anyMatch(word -> Words.is(token, word));
  }

  static FromItem.Join.Kind kind(Token token) {
    return switch (Words.text(token)) {
      case "left" -> FromItem.Join.Kind.LEFT;
      case "right" -> FromItem.Join.Kind.RIGHT;
      case "full" -> FromItem.Join.Kind.FULL;
      case "inner", "join" -> FromItem.Join.Kind.INNER;
      default -> throw Words.syntaxError(token);
    };
  }

  /// Whether a function stands here rather than a table: a name before a parenthesis, or a keyword
  /// that is a function by itself.
  static boolean startsFunction(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    Token second = parser.getToken(2);
    if (Words.is(first, "rows") && Words.is(second, "from")) {
      return true;
    }
    if (Words.is(first, "only")) {
      return false;
    }
    if (SpecialWords.isFunction(first, second)
        || SpecialWords.isRefused(first, second)
        || (SpecialWords.isConstruct(first, second) && !SpecialWords.isConstant(first))) {
      return true;
    }
    int at = 1;
    while (Words.isLabel(parser.getToken(at)) && Words.is(parser.getToken(at + 1), ".")) {
      at += 2;
    }
    return Words.isLabel(parser.getToken(at)) && Words.is(parser.getToken(at + 1), "(");
  }

  /// Whether after an alias the parenthesis holds names with types.
  static boolean definesColumns(PostgresParserImpl parser) {
    int name = Words.is(parser.getToken(1), "as") ? 2 : 1;
    Token after = parser.getToken(name + 3);
    return Words.is(parser.getToken(name + 1), "(")
        && Words.isColumnName(parser.getToken(name + 2))
        && !Words.is(after, ",")
        && !Words.is(after, ")");
  }

  static SqlNode source(SqlNode call, @Nullable SqlNodeList columns) {
    boolean function =
        call instanceof FunctionCall || call instanceof Construct || call instanceof Cast;
    if (!function) {
      throw new IllegalStateException("no function in FROM");
    }
    return new FromItem.FunctionSource(call.getParserPosition(), call, columns);
  }

  static SqlNode aliased(SqlNode node, boolean lateral, FromItem.@Nullable Alias alias) {
    if (node instanceof Query) {
      return new FromItem.Subquery(node.getParserPosition(), lateral, node, alias);
    }
    return alias != null && node instanceof FromItem.Join join ? join.as(alias) : node;
  }
}
