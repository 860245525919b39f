package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.Resolution.JoinedColumns;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.worded.Worded;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Resolves FROM clauses: relations, WITH queries, subqueries, functions and joins.
///
/// References: PostgreSQL documentation 7.2.1; a name of one part is a WITH query before it is a
/// relation.
final class FromResolver {
  /// Functions that are read as the view of PostgreSQL that is made from them.
  private static final Map<String, String> RELATIONS =
      Map.of(
          "pg_show_all_settings", "pg_settings",
          "pg_available_extensions", "pg_available_extensions");

  private final QueryResolver queries;

  FromResolver(QueryResolver queries) {
    this.queries = queries;
  }

  /// A whole FROM clause.
  FromShape list(Select select, Scope outer) {
    FromShape shape = FromShape.EMPTY;
    SqlNodeList items = select.from();
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      FromShape item =
          item(
              (FromItem) items.get(i),
              outer,
              shape,
              select,
              replacement -> items.set(index, replacement));
      shape = shape.beside(item, items.get(i));
    }
    return shape;
  }

  /// @param left what stands to the left and is visible to LATERAL items and functions
  /// @param place puts another item where this one stands
  private FromShape item(
      FromItem item, Scope outer, FromShape left, Select level, Consumer<SqlNode> place) {
    return switch (item) {
      case FromItem.TableName table -> named(table, outer, level, place);
      case FromItem.Subquery subquery ->
          subquery(subquery, subquery.lateral() ? beside(outer, left) : outer);
      case FromItem.Functions functions ->
          relationOf(functions)
              .map(table -> {
                place.accept(table);
                return named(table, outer, level, place);
              })
              .orElseGet(() -> functions(functions, beside(outer, left)));
      case FromItem.Join join -> join(join, outer, left, level);
    };
  }

  private static Scope beside(Scope outer, FromShape left) {
    Scope scope = new Scope(outer);
    scope.show(left);
    return scope;
  }

  private static List<String> columnNames(FromItem item) {
    return item.alias().map(FromItem.Alias::columns).orElse(List.of());
  }

  private FromShape named(
      FromItem.TableName table, Scope outer, Select level, Consumer<SqlNode> place) {
    if (table.sample().isPresent()) {
      throw Refusal.notSupported(table, "TABLESAMPLE");
    }
    SqlIdentifier name = table.name();
    String last = name.names.get(name.names.size() - 1);
    FromItem.Alias alias = table.alias().orElse(FromItem.Alias.of(last));
    Scope.@Nullable CommonTable common = name.isSimple() ? outer.commonTable(last) : null;
    if (common != null) {
      return FromShape.of(
          new Scope.Item(
              alias.name(),
              Optional.empty(),
              QueryResolver.renamed(
                  common.columns(), alias.columns(), table, common.open(), common.reaches()),
              common.open(),
              common.reaches()),
          Set.of());
    }
    VisibleRelation relation = queries.relation(name);
    TableUse use =
        new TableUse(relation, alias, name.getParserPosition(), table.only(), level, place);
    queries.use(use);
    Set<TableUse> reaches = Set.of(use);
    List<Scope.Column> columns = new ArrayList<>();
    for (VisibleColumn column : relation.columns()) {
      columns.add(
          new Scope.Column(
              column.name(),
              new BoundColumn(
                  Optional.of(new ColumnOrigin(use, column)), column.typeOid(), reaches)));
    }
    Optional<String> schema =
        table.alias().isPresent() ? Optional.empty() : Optional.of(relation.schema());
    return FromShape.of(
        new Scope.Item(
            alias.name(),
            schema,
            QueryResolver.renamed(columns, alias.columns(), table),
            false,
            reaches),
        Set.of(use));
  }

  private FromShape subquery(FromItem.Subquery item, Scope outer) {
    QueryResolver.Shape shape = queries.query(item.query(), outer);
    List<Scope.Column> columns = new ArrayList<>();
    // Conditions on any column may be pushed down to any table beneath, and on a LATERAL item to
    // the
    // tables beside it that its values come from.
    Set<TableUse> reaches = new LinkedHashSet<>(shape.reaches());
    shape.outputs().forEach(column -> reaches.addAll(column.bound().reaches()));
    for (Scope.Column column : shape.outputs()) {
      BoundColumn bound = column.bound();
      columns.add(
          new Scope.Column(
              column.name(), new BoundColumn(bound.origin(), bound.typeOid(), reaches)));
    }
    return FromShape.of(
        new Scope.Item(
            item.alias().map(FromItem.Alias::name).orElse(""),
            Optional.empty(),
            QueryResolver.renamed(columns, columnNames(item), item, shape.open(), reaches),
            shape.open(),
            reaches),
        Set.of());
  }

  /// The relation that a function without arguments gives the rows of, as PostgreSQL's own view
  /// does.
  private static Optional<FromItem.TableName> relationOf(FromItem.Functions item) {
    boolean plain =
        !item.rowsFrom()
            && !item.ordinality()
            && item.sources().get(0) instanceof FromItem.FunctionSource source
            && source.columnDefinitions().isEmpty()
            && source.call() instanceof FunctionCall call
            && call.arguments().isEmpty()
            && (call.name().isSimple() || call.name().names.get(0).equals("pg_catalog"));
    if (!plain) {
      return Optional.empty();
    }
    FunctionCall call = (FunctionCall) ((FromItem.FunctionSource) item.sources().get(0)).call();
    String function = call.name().names.getLast();
    return Optional.ofNullable(RELATIONS.get(function))
        .map(relation ->
            new FromItem.TableName(
                item.getParserPosition(),
                new SqlIdentifier(List.of("pg_catalog", relation), call.name().getParserPosition()),
                false,
                item.alias().orElse(FromItem.Alias.of(function)),
                null,
                null));
  }

  /// A function's columns are those its alias or definition names; there may be others, so a name
  /// that nothing else has may be one of them.
  private FromShape functions(FromItem.Functions item, Scope scope) {
    if (((FromItem.FunctionSource) item.sources().get(0)).call() instanceof Worded table
        && table.form().isTable()) {
      return wordedTable(item, table, scope);
    }
    Set<TableUse> reaches = new LinkedHashSet<>();
    List<String> names = new ArrayList<>(columnNames(item));
    String name = "";
    long type = 0;
    for (SqlNode element : item.sources()) {
      FromItem.FunctionSource source = (FromItem.FunctionSource) element;
      queries.expressions().expression(source.call(), scope);
      reaches.addAll(queries.expressions().reaches(source.call()));
      type = Math.max(type, queries.typeOf(source.call()));
      for (SqlNode definition : source.columnDefinitions()) {
        names.add(((FromItem.ColumnDefinition) definition).name());
      }
      if (source.call() instanceof FunctionCall call && name.isEmpty()) {
        name = call.name().names.get(call.name().names.size() - 1);
      }
    }
    BoundColumn value = new BoundColumn(Optional.empty(), type, reaches);
    if (names.isEmpty()) {
      names.add(item.alias().map(FromItem.Alias::name).orElse(name));
    }
    List<Scope.Column> columns =
        names.stream().map(column -> new Scope.Column(column, value)).toList();
    return FromShape.of(
        new Scope.Item(
            item.alias().map(FromItem.Alias::name).orElse(name),
            Optional.empty(),
            columns,
            true,
            reaches),
        Set.of());
  }

  /// JSON_TABLE and XMLTABLE have the columns that they name.
  private FromShape wordedTable(FromItem.Functions item, Worded table, Scope scope) {
    queries.expressions().expression(table, scope);
    Set<TableUse> reaches = queries.expressions().reaches(table);
    List<Scope.Column> columns = new ArrayList<>();
    for (Worded.Column column : table.columns()) {
      long type = column.type() < 0 ? 0 : queries.typeOf(table.getOperandList().get(column.type()));
      columns.add(
          new Scope.Column(column.name(), new BoundColumn(Optional.empty(), type, reaches)));
    }
    return FromShape.of(
        new Scope.Item(
            item.alias().map(FromItem.Alias::name).orElse(table.form().label()),
            Optional.empty(),
            QueryResolver.renamed(columns, columnNames(item), item),
            false,
            reaches),
        Set.of());
  }

  private FromShape join(FromItem.Join join, Scope outer, FromShape before, Select level) {
    FromShape left =
        item(
            (FromItem) join.left(),
            outer,
            before,
            level,
            replacement -> join.setOperand(0, replacement));
    FromShape right =
        item(
            (FromItem) join.right(),
            outer,
            before.beside(left, join),
            level,
            replacement -> join.setOperand(1, replacement));
    FromShape shape = joined(join, left, right, outer);
    return join.alias().map(alias -> hidden(shape, alias, join)).orElse(shape);
  }

  private FromShape joined(FromItem.Join join, FromShape left, FromShape right, Scope outer) {
    if (join.natural()) {
      List<String> common =
          left.columns().stream()
              .map(Scope.Column::name)
              .filter(name -> right.columns().stream().anyMatch(c -> c.name().equals(name)))
              .distinct()
              .toList();
      return merged(join, left, right, common);
    }
    if (!join.using().isEmpty()) {
      return merged(join, left, right, join.using());
    }
    FromShape shape = left.beside(right, join);
    join.condition()
        .ifPresent(condition -> {
          Scope scope = new Scope(outer);
          scope.show(shape);
          queries.conditions(condition, scope, copyable(join.kind(), left, right));
        });
    return shape;
  }

  /// `(a JOIN b …) AS alias`: the names inside are out of sight.
  private static FromShape hidden(FromShape shape, FromItem.Alias alias, FromItem.Join join) {
    Scope.Item item =
        new Scope.Item(
            alias.name(),
            Optional.empty(),
            QueryResolver.renamed(
                shape.columns(), alias.columns(), join, shape.isOpen(), shape.reaches()),
            shape.isOpen(),
            shape.reaches());
    return FromShape.of(item, shape.uses());
  }

  /// The sides whose rows a strict ON condition may restrict beforehand.
  private static Set<TableUse> copyable(FromItem.Join.Kind kind, FromShape left, FromShape right) {
    Set<TableUse> sides = new LinkedHashSet<>();
    switch (kind) {
      case INNER, CROSS -> {
        sides.addAll(left.uses());
        sides.addAll(right.uses());
      }
      case LEFT -> sides.addAll(right.uses());
      case RIGHT -> sides.addAll(left.uses());
      case FULL -> {}
    }
    return sides;
  }

  /// USING and NATURAL: the merged columns come first, once.
  private FromShape merged(
      FromItem.Join join, FromShape left, FromShape right, List<String> names) {
    List<Scope.Column> columns = new ArrayList<>();
    for (String name : names) {
      Scope.Column leftColumn = only(left, name, "left");
      Scope.Column rightColumn = only(right, name, "right");
      Scope.noteRead(leftColumn.bound());
      Scope.noteRead(rightColumn.bound());
      Set<TableUse> reaches = new LinkedHashSet<>(leftColumn.bound().reaches());
      reaches.addAll(rightColumn.bound().reaches());
      queries.join(
          new JoinedColumns(
              leftColumn.bound().origin(),
              rightColumn.bound().origin(),
              reaches,
              copyable(join.kind(), left, right)));
      columns.add(
          new Scope.Column(
              name,
              new BoundColumn(
                  mergedOrigin(join.kind(), leftColumn, rightColumn),
                  leftColumn.bound().typeOid(),
                  reaches)));
    }
    for (Scope.Column column : left.columns()) {
      if (!names.contains(column.name())) {
        columns.add(column);
      }
    }
    for (Scope.Column column : right.columns()) {
      if (!names.contains(column.name())) {
        columns.add(column);
      }
    }
    FromShape shape = left.with(right, columns, join);
    return join.usingAlias()
        .map(alias -> shape.plus(usingItem(alias, columns.subList(0, names.size()))))
        .orElse(shape);
  }

  private static Scope.Item usingItem(String alias, List<Scope.Column> columns) {
    Set<TableUse> reaches = new LinkedHashSet<>();
    columns.forEach(column -> reaches.addAll(column.bound().reaches()));
    return new Scope.Item(alias, Optional.empty(), List.copyOf(columns), false, reaches);
  }

  private static Optional<ColumnOrigin> mergedOrigin(
      FromItem.Join.Kind kind, Scope.Column left, Scope.Column right) {
    return switch (kind) {
      case FULL -> Optional.empty();
      case RIGHT -> right.bound().origin();
      case LEFT, INNER, CROSS -> left.bound().origin();
    };
  }

  /// @param table which of the two tables of the join it is, in words
  private static Scope.Column only(FromShape side, String name, String table) {
    List<Scope.Column> found =
        side.columns().stream().filter(column -> column.name().equals(name)).toList();
    if (found.size() > 1) {
      throw new RemitException(
          ErrorCode.AMBIGUOUS_COLUMN,
          "common column name \"" + name + "\" appears more than once in " + table + " table");
    }
    if (found.isEmpty()) {
      throw new RemitException(
          ErrorCode.UNKNOWN_COLUMN,
          "column \""
              + name
              + "\" specified in USING clause does not exist in "
              + table
              + " table");
    }
    return found.get(0);
  }
}
