package dev.remit.sql.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// One `name (columns) AS [NOT] [MATERIALIZED] (query) [SEARCH …] [CYCLE …]` of a WITH list.
///
/// Operands: 0 the query · 1 the mark of a row that closes a cycle · 2 that of others; both are
/// literals, or absent for true and false.
public final class CommonTable extends SyntaxNode {
  private final String name;
  private final List<String> columns;
  private final Materialization materialization;
  private final @Nullable Search search;
  private final @Nullable Cycle cycle;

  /// What the text says about computing it once.
  public enum Materialization {
    UNSAID,
    MATERIALIZED,
    NOT_MATERIALIZED
  }

  /// `SEARCH DEPTH | BREADTH FIRST BY columns SET sequence`: one more column, to sort by.
  public record Search(
      SqlParserPos position, boolean breadth, List<String> columns, String sequence) {
    public Search {
      columns = List.copyOf(columns);
    }
  }

  /// `CYCLE columns SET mark USING path`: two more columns.
  public record Cycle(SqlParserPos position, List<String> columns, String mark, String path) {
    public Cycle {
      columns = List.copyOf(columns);
    }
  }

  public CommonTable(
      SqlParserPos position,
      String name,
      List<String> columns,
      Materialization materialization,
      SqlNode query) {
    this(position, name, columns, materialization, null, null, query, null, null);
  }

  public CommonTable(
      SqlParserPos position,
      String name,
      List<String> columns,
      Materialization materialization,
      @Nullable Search search,
      @Nullable Cycle cycle,
      SqlNode query,
      @Nullable SqlNode closing,
      @Nullable SqlNode other) {
    super(position, query, closing, other);
    this.search = search;
    this.cycle = cycle;
    this.name = name;
    this.columns = List.copyOf(columns);
    this.materialization = materialization;
  }

  @Override
  protected CommonTable rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    return new CommonTable(
        position,
        name,
        columns,
        materialization,
        search,
        cycle,
        Objects.requireNonNull(operands.get(0)),
        operands.get(1),
        operands.get(2));
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

  public Optional<Search> search() {
    return Optional.ofNullable(search);
  }

  public Optional<Cycle> cycle() {
    return Optional.ofNullable(cycle);
  }

  /// A [Query].
  public SqlNode query() {
    return required(0);
  }

  /// The mark of a row that closes a cycle, a literal.
  public Optional<SqlNode> closingMark() {
    return Optional.ofNullable(optional(1));
  }

  /// The mark of any other row, a literal.
  public Optional<SqlNode> otherMark() {
    return Optional.ofNullable(optional(2));
  }
}
