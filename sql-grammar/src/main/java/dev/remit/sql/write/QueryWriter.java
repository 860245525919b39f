package dev.remit.sql.write;

import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.ValuesRows;
import dev.remit.sql.model.expression.SortItem;
import dev.remit.sql.model.expression.WindowDefinition;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Writes queries.
final class QueryWriter {
  private final Output output;
  private final ExpressionWriter expressions;
  private final FromWriter from;

  QueryWriter(Output output) {
    this.output = output;
    this.expressions = new ExpressionWriter(output, this);
    this.from = new FromWriter(output, expressions);
  }

  ExpressionWriter expressions() {
    return expressions;
  }

  void write(Query query) {
    output.from(query);
    with(query);
    body(query.body());
    if (!query.orderBy().isEmpty()) {
      output.add(" ");
      orderBy(query.orderBy());
    }
    query.offset().ifPresent(rows -> clause(" OFFSET ", rows));
    query
        .limit()
        .ifPresent(rows -> {
          if (query.withTies()) {
            output.add(" FETCH FIRST (");
            expressions.write(rows);
            output.add(") ROWS WITH TIES");
          } else {
            clause(" LIMIT ", rows);
          }
        });
    if (!query.locking().isEmpty()) {
      throw new IllegalStateException("a query that locks rows is to be refused, not written");
    }
  }

  private void clause(String words, SqlNode node) {
    output.add(words);
    expressions.write(node);
  }

  private void with(Query query) {
    String words = query.recursive() ? "WITH RECURSIVE " : "WITH ";
    for (SqlNode node : query.with()) {
      CommonTable table = (CommonTable) node;
      output.add(words).from(table).name(table.name()).columns(table.columns());
      output.add(
          switch (table.materialization()) {
            case UNSAID -> " AS ";
            case MATERIALIZED -> " AS MATERIALIZED ";
            case NOT_MATERIALIZED -> " AS NOT MATERIALIZED ";
          });
      expressions.write(table.query());
      table.search().ifPresent(this::search);
      table.cycle().ifPresent(cycle -> cycle(table, cycle));
      words = ", ";
    }
    if (!query.with().isEmpty()) {
      output.add(" ");
    }
  }

  private void search(CommonTable.Search search) {
    output.add(" ").from(search.position());
    output.add(search.breadth() ? "SEARCH BREADTH FIRST BY " : "SEARCH DEPTH FIRST BY ");
    output.list(search.columns()).add(" SET ").name(search.sequence());
  }

  private void cycle(CommonTable table, CommonTable.Cycle cycle) {
    output
        .add(" ")
        .from(cycle.position())
        .add("CYCLE ")
        .list(cycle.columns())
        .add(" SET ")
        .name(cycle.mark());
    table.closingMark().ifPresent(mark -> clause(" TO ", mark));
    table.otherMark().ifPresent(mark -> clause(" DEFAULT ", mark));
    output.add(" USING ").name(cycle.path());
  }

  /// A body on its own; operands of set operations stand in parentheses.
  private void body(SqlNode body) {
    switch (body) {
      case Select select -> select(select);
      case ValuesRows values -> values(values);
      case SetOperation operation -> {
        operand(operation.left());
        output.add(" ").from(operation).add(operation.kind().name());
        output.add(operation.all() ? " ALL " : " ");
        operand(operation.right());
      }
      case Query query -> expressions.parenthesised(query);
      default ->
          throw new IllegalStateException(
              "no PostgreSQL text for a query body of " + body.getClass().getName());
    }
  }

  private void operand(SqlNode body) {
    if (body instanceof Query) {
      body(body);
    } else {
      output.add("(");
      body(body);
      output.add(")");
    }
  }

  private void values(ValuesRows values) {
    output.from(values).add("VALUES ");
    boolean first = true;
    for (SqlNode row : values.rows()) {
      output.add(first ? "(" : ", (");
      expressions.list((SqlNodeList) row);
      output.add(")");
      first = false;
    }
  }

  private void select(Select select) {
    output.from(select).add("SELECT");
    switch (select.quantity()) {
      case ALL -> output.add("");
      case DISTINCT -> output.add(" DISTINCT");
      case DISTINCT_ON -> {
        output.add(" DISTINCT ON (");
        expressions.list(select.distinctOn());
        output.add(")");
      }
    }
    targets(select.targets());
    if (!select.from().isEmpty()) {
      output.add(" FROM ");
      from.list(select.from());
    }
    select.where().ifPresent(condition -> clause(" WHERE ", condition));
    if (!select.groupBy().isEmpty()) {
      output.add(select.groupDistinct() ? " GROUP BY DISTINCT " : " GROUP BY ");
      expressions.list(select.groupBy());
    }
    select.having().ifPresent(condition -> clause(" HAVING ", condition));
    String words = " WINDOW ";
    for (SqlNode node : select.windows()) {
      WindowDefinition window = (WindowDefinition) node;
      output.add(words).name(window.name()).add(" AS ");
      expressions.window(window);
      words = ", ";
    }
  }

  private void targets(SqlNodeList targets) {
    String separator = " ";
    for (SqlNode node : targets) {
      Target target = (Target) node;
      output.add(separator);
      expressions.write(target.expression());
      target.label().ifPresent(label -> output.add(" AS ").name(label));
      separator = ", ";
    }
  }

  /// `ORDER BY …`; nothing for an empty list.
  void orderBy(SqlNodeList items) {
    String words = "ORDER BY ";
    for (SqlNode node : items) {
      SortItem item = (SortItem) node;
      output.add(words);
      expressions.write(item.expression());
      switch (item.direction()) {
        case UNSAID -> output.add("");
        case ASC -> output.add(" ASC");
        case DESC -> output.add(" DESC");
        case USING -> {
          output.add(" USING ");
          int symbol = item.operator().size() - 1;
          expressions.operator(item.operator().subList(0, symbol), item.operator().get(symbol));
        }
      }
      output.add(
          switch (item.nulls()) {
            case UNSAID -> "";
            case FIRST -> " NULLS FIRST";
            case LAST -> " NULLS LAST";
          });
      words = ", ";
    }
  }
}
