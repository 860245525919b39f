package dev.remit.sql.model;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A whole query: `WITH … body ORDER BY … LIMIT … OFFSET … FOR UPDATE`.
///
/// As statement, in FROM ([FromItem.Subquery]), in an expression (a scalar subquery) or as operand
/// of EXISTS, IN, ANY and ARRAY.
///
/// Operands: 0 common tables (list) · 1 body · 2 sort items (list) · 3 limit · 4 offset.
public final class Query extends SyntaxNode implements Statement, QueryBody {
  private final boolean recursive;
  private final boolean withTies;
  private final List<String> locking;

  /// @param with list of [CommonTable]; null without WITH
  /// @param body a [QueryBody]
  /// @param orderBy list of [dev.remit.sql.model.expression.SortItem]; null without ORDER BY
  /// @param withTies `FETCH FIRST limit ROWS WITH TIES`
  /// @param locking clauses such as `FOR UPDATE`, to be refused by name
  public Query(
      SqlParserPos position,
      boolean recursive,
      @Nullable SqlNodeList with,
      SqlNode body,
      @Nullable SqlNodeList orderBy,
      @Nullable SqlNode limit,
      @Nullable SqlNode offset,
      boolean withTies,
      List<String> locking) {
    super(position, with, body, orderBy, limit, offset);
    this.recursive = recursive;
    this.withTies = withTies;
    this.locking = List.copyOf(locking);
  }

  /// A query that is nothing but its body.
  public static Query of(SqlNode body) {
    return new Query(
        body.getParserPosition(), false, null, body, null, null, null, false, List.of());
  }

  @Override
  protected Query rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Query copy =
        new Query(position, recursive, null, required(1), null, null, null, withTies, locking);
    for (int i = 0; i < operands.size(); i++) {
      copy.setOperand(i, operands.get(i));
    }
    return copy;
  }

  /// The same query at another position: that of the parenthesis before it.
  public Query at(SqlParserPos position) {
    return rebuilt(position, getOperandList());
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.OTHER;
  }

  public boolean recursive() {
    return recursive;
  }

  /// Each element is a [CommonTable].
  public SqlNodeList with() {
    return list(0);
  }

  /// [Select], [SetOperation], [ValuesRows] or [Query].
  public SqlNode body() {
    return required(1);
  }

  /// Each element is a [dev.remit.sql.model.expression.SortItem].
  public SqlNodeList orderBy() {
    return list(2);
  }

  public Optional<SqlNode> limit() {
    return Optional.ofNullable(optional(3));
  }

  public Optional<SqlNode> offset() {
    return Optional.ofNullable(optional(4));
  }

  public boolean withTies() {
    return withTies;
  }

  /// `FOR UPDATE OF t SKIP LOCKED` and its like, as text.
  public List<String> locking() {
    return locking;
  }

  /// Whether there is nothing but the body.
  public boolean isPlain() {
    return with().isEmpty()
        && orderBy().isEmpty()
        && limit().isEmpty()
        && offset().isEmpty()
        && locking.isEmpty();
  }
}
