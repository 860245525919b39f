package dev.remit.sql.model;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// One `name (columns) AS [NOT] [MATERIALIZED] (query)` of a WITH list. Operand 0: the query.
public final class CommonTable extends SyntaxNode {
  private final String name;
  private final List<String> columns;
  private final Materialization materialization;

  /// What the text says about computing it once.
  public enum Materialization {
    UNSAID,
    MATERIALIZED,
    NOT_MATERIALIZED
  }

  public CommonTable(
      SqlParserPos position,
      String name,
      List<String> columns,
      Materialization materialization,
      SqlNode query) {
    super(position, query);
    this.name = name;
    this.columns = List.copyOf(columns);
    this.materialization = materialization;
  }

  @Override
  protected CommonTable rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    CommonTable copy = new CommonTable(position, name, columns, materialization, query());
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public String name() {
    return name;
  }

  /// Empty when the query's own labels hold.
  public List<String> columns() {
    return columns;
  }

  public Materialization materialization() {
    return materialization;
  }

  /// A [Query].
  public SqlNode query() {
    return required(0);
  }
}
