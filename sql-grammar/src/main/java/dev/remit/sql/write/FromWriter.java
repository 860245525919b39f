package dev.remit.sql.write;

import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.FromItem.Alias;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Writes FROM lists.
final class FromWriter {
  private final Output output;
  private final ExpressionWriter expressions;

  FromWriter(Output output, ExpressionWriter expressions) {
    this.output = output;
    this.expressions = expressions;
  }

  void list(SqlNodeList items) {
    boolean first = true;
    for (SqlNode item : items) {
      output.add(first ? "" : ", ");
      write(item);
      first = false;
    }
  }

  private void write(SqlNode node) {
    if (!(node instanceof FromItem item)) {
      throw new IllegalStateException("no from-item: " + node.getClass().getName());
    }
    switch (item) {
      case FromItem.TableName table -> table(table);
      case FromItem.Subquery subquery -> {
        output.add(subquery.lateral() ? "LATERAL " : "");
        expressions.write(subquery.query());
        subquery.alias().ifPresent(this::alias);
      }
      case FromItem.Functions functions -> functions(functions);
      case FromItem.Join join -> join(join);
    }
  }

  private void alias(Alias alias) {
    output.add(" AS ").name(alias.name()).columns(alias.columns());
  }

  private void table(FromItem.TableName table) {
    output.add(table.only() ? "ONLY " : "").from(table.name()).names(table.name().names);
    table.alias().ifPresent(this::alias);
    table
        .sample()
        .ifPresent(method -> {
          output.add(" TABLESAMPLE ");
          expressions.write(method);
        });
    table
        .seed()
        .ifPresent(seed -> {
          output.add(" REPEATABLE (");
          expressions.write(seed);
          output.add(")");
        });
  }

  private void functions(FromItem.Functions functions) {
    output.add(functions.lateral() ? "LATERAL " : "");
    output.add(functions.rowsFrom() ? "ROWS FROM (" : "");
    boolean first = true;
    for (SqlNode node : functions.sources()) {
      FromItem.FunctionSource source = (FromItem.FunctionSource) node;
      output.add(first ? "" : ", ");
      expressions.write(source.call());
      if (functions.rowsFrom() && !source.columnDefinitions().isEmpty()) {
        output.add(" AS ");
        definitions(source.columnDefinitions());
      }
      first = false;
    }
    output.add(functions.rowsFrom() ? ")" : "");
    output.add(functions.ordinality() ? " WITH ORDINALITY" : "");
    functions.alias().ifPresent(this::alias);
    if (!functions.rowsFrom()) {
      FromItem.FunctionSource only = (FromItem.FunctionSource) functions.sources().get(0);
      if (!only.columnDefinitions().isEmpty()) {
        output.add(functions.alias().isPresent() ? " " : " AS ");
        definitions(only.columnDefinitions());
      }
    }
  }

  private void definitions(SqlNodeList definitions) {
    output.add("(");
    boolean first = true;
    for (SqlNode node : definitions) {
      FromItem.ColumnDefinition column = (FromItem.ColumnDefinition) node;
      output.add(first ? "" : ", ").name(column.name()).add(" ");
      expressions.write(column.type());
      column.collation().map(collation -> collate(collation)).ifPresent(output::add);
      first = false;
    }
    output.add(")");
  }

  private String collate(SqlIdentifier collation) {
    output.add(" COLLATE ").names(collation.names);
    return "";
  }

  private void join(FromItem.Join join) {
    output.add("(");
    write(join.left());
    output.add(" ").from(join).add(join.natural() ? "NATURAL " : "");
    output.add(join.kind().name()).add(" JOIN ");
    write(join.right());
    join.condition()
        .ifPresent(condition -> {
          output.add(" ON ");
          expressions.write(condition);
        });
    if (!join.using().isEmpty()) {
      output.add(" USING").columns(join.using());
      join.usingAlias().ifPresent(alias -> output.add(" AS ").name(alias));
    }
    output.add(")");
    join.alias().ifPresent(this::alias);
  }
}
