package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.worded.Worded;
import java.util.List;
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
        || SpecialWords.isWorded(first, second)
        || SpecialWords.isRefused(first, second)
        || SpecialWords.isSource(first, second)) {
      return true;
    }
    int at = nameEnd(parser);
    boolean name = at == 1 ? Words.isFunctionName(first) : Words.isColumnName(first);
    return name && Words.is(parser.getToken(at + 1), "(");
  }

  /// Which token keeps a function from standing here.
  static Token unfit(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    boolean name = Words.isColumnName(first) || Words.isFunctionName(first);
    return name ? parser.getToken(nameEnd(parser) + 1) : first;
  }

  /// Number of the last token of a name with dots.
  private static int nameEnd(PostgresParserImpl parser) {
    int at = 1;
    while (Words.isLabel(parser.getToken(at + 2)) && Words.is(parser.getToken(at + 1), ".")) {
      at += 2;
    }
    return at;
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

  /// Column definitions behind `ROWS FROM (f(…))` belong to its only function.
  static void define(List<SqlNode> sources, SqlNodeList columns, Token end) {
    if (sources.size() != 1) {
      throw Words.at(
          end,
          ErrorCode.SYNTAX_ERROR,
          "ROWS FROM() with multiple functions cannot have a column definition list");
    }
    SqlNode call = ((FromItem.FunctionSource) sources.getFirst()).call();
    sources.set(0, source(call, columns));
  }

  static SqlNode source(SqlNode call, @Nullable SqlNodeList columns) {
    boolean function =
        call instanceof FunctionCall
            || call instanceof Construct
            || call instanceof Cast
            || call instanceof Worded;
    if (!function) {
      throw new IllegalStateException("no function in FROM: " + call);
    }
    return new FromItem.FunctionSource(call.getParserPosition(), call, columns);
  }

  /// Whether a table with columns of its own was read, which takes an alias and nothing else.
  static boolean isTable(List<SqlNode> sources) {
    return ((FromItem.FunctionSource) sources.getFirst()).call() instanceof Worded worded
        && worded.form().isTable();
  }

  static SqlNode aliased(SqlNode node, boolean lateral, FromItem.@Nullable Alias alias) {
    if (node instanceof Query) {
      return new FromItem.Subquery(node.getParserPosition(), lateral, node, alias);
    }
    return alias != null && node instanceof FromItem.Join join ? join.as(alias) : node;
  }
}
