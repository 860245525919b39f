package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.QueryBody;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.ValuesRows;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.SortItem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Resolves queries: WITH, set operations, SELECT, VALUES, ORDER BY.
///
/// One instance reads one statement, on one thread. References: PostgreSQL documentation 7.1 to
/// 7.8; `parse_clause.c` for what names in ORDER BY and GROUP BY mean.
public final class QueryResolver {
  private static final int DEPTH_LIMIT = 500;

  private final VisibleRelations relations;
  private final List<TableUse> uses = new ArrayList<>();
  private final Map<SqlIdentifier, BoundColumn> columns = Resolution.byIdentity();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Resolution.JoinedColumns> joined = new ArrayList<>();
  private final List<Resolution.OrderedSelect> selects = new ArrayList<>();
  private final List<SqlIdentifier> attributes = new ArrayList<>();
  private final Map<SqlIdentifier, Boolean> outer = Resolution.byIdentity();
  private final ExpressionResolver expressions = new ExpressionResolver(this);
  private final FromResolver from = new FromResolver(this);
  private final CommonTables commonTables = new CommonTables(this);
  private final ValueTypes types;
  private int depth;

  private QueryResolver(VisibleRelations relations, SourceFacts facts) {
    this.relations = relations;
    this.types = new ValueTypes(facts, columns);
  }

  /// Binds every name of the query, or refuses it.
  public static Resolution resolve(Query query, VisibleRelations relations, SourceFacts facts) {
    QueryResolver resolver = new QueryResolver(relations, facts);
    resolver.query(query, new Scope(null));
    return new Resolution(
        query,
        resolver.uses,
        resolver.columns,
        resolver.conditions,
        resolver.joined,
        resolver.selects,
        resolver.types,
        resolver.attributes,
        resolver.outer.keySet());
  }

  /// What a query gives.
  ///
  /// @param open whether there are columns whose names we cannot tell
  /// @param inner the scope of its SELECT, in which ORDER BY expressions are read
  /// @param reaches every use beneath
  record Shape(
      List<Scope.Column> outputs, boolean open, Optional<Scope> inner, Set<TableUse> reaches) {}

  Shape query(SqlNode node, Scope outer) {
    if (++depth > DEPTH_LIMIT) {
      throw Refusal.at(
          node, ErrorCode.STATEMENT_TOO_COMPLEX, "the statement nests queries too deeply");
    }
    int before = uses.size();
    Query query = (Query) node;
    if (!query.locking().isEmpty()) {
      throw Refusal.at(
          query, ErrorCode.READ_ONLY, query.locking().get(0) + " is refused: sessions only read");
    }
    Scope scope = new Scope(outer);
    commonTables.define(query, scope);
    if (query.body() instanceof Select select) {
      selects.add(new Resolution.OrderedSelect(select, query.orderBy()));
    }
    Shape shape = body((QueryBody) query.body(), scope);
    Scope inner = shape.inner().orElse(scope);
    for (SqlNode item : query.orderBy()) {
      orderItem(((SortItem) item).expression(), shape, inner);
    }
    query.limit().ifPresent(limit -> expressions.expression(limit, scope));
    query.offset().ifPresent(offset -> expressions.expression(offset, scope));
    shape.reaches().addAll(uses.subList(before, uses.size()));
    depth--;
    return shape;
  }

  private Shape body(QueryBody body, Scope scope) {
    return switch (body) {
      case Query query -> query(query, scope);
      case Select select -> select(select, scope);
      case SetOperation operation -> setOperation(operation, scope);
      case ValuesRows values -> values(values, scope);
    };
  }

  /// One side of a set operation, with everything it reaches.
  Shape arm(SqlNode side, Scope scope) {
    int before = uses.size();
    if (side instanceof Select select) {
      selects.add(new Resolution.OrderedSelect(select, SqlNodeList.EMPTY));
    }
    Shape shape = body((QueryBody) side, new Scope(scope));
    shape.reaches().addAll(uses.subList(before, uses.size()));
    return shape;
  }

  /// Columns of which it is only known what they may come from.
  static List<Scope.Column> mixed(List<Scope.Column> columns, Set<TableUse> reaches) {
    return columns.stream()
        .map(column ->
            new Scope.Column(
                column.name(),
                new BoundColumn(Optional.empty(), column.bound().typeOid(), reaches)))
        .toList();
  }

  /// Applies the column names of an alias; those beyond the list keep theirs.
  static List<Scope.Column> renamed(List<Scope.Column> columns, List<String> names, SqlNode at) {
    return renamed(columns, names, at, false, Set.of());
  }

  /// @param open whether there may be more columns than are known
  static List<Scope.Column> renamed(
      List<Scope.Column> columns,
      List<String> names,
      SqlNode at,
      boolean open,
      Set<TableUse> reaches) {
    if (names.size() > columns.size() && !open) {
      throw AliasMistakes.tooLong(at, columns.size(), names.size());
    }
    List<Scope.Column> result = new ArrayList<>();
    BoundColumn unknown = new BoundColumn(Optional.empty(), 0, reaches);
    for (int i = 0; i < Math.max(columns.size(), names.size()); i++) {
      // Among columns of which some are not known, the alias may mean others than it seems.
      BoundColumn bound = i < columns.size() && !open ? columns.get(i).bound() : unknown;
      String name = i < names.size() ? names.get(i) : columns.get(i).name();
      result.add(new Scope.Column(name, names.isEmpty() ? columns.get(i).bound() : bound));
    }
    return result;
  }

  private Shape setOperation(SetOperation operation, Scope scope) {
    Shape left = arm(operation.left(), scope);
    Shape right = arm(operation.right(), scope);
    Set<TableUse> reaches = new LinkedHashSet<>(left.reaches());
    reaches.addAll(right.reaches());
    left.outputs().forEach(column -> reaches.addAll(column.bound().reaches()));
    right.outputs().forEach(column -> reaches.addAll(column.bound().reaches()));
    return new Shape(
        mixed(typed(left.outputs(), right.outputs()), reaches),
        left.open(),
        Optional.empty(),
        reaches);
  }

  /// The left side's columns, with the right side's type where the left's is not known.
  private static List<Scope.Column> typed(List<Scope.Column> left, List<Scope.Column> right) {
    List<Scope.Column> typed = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      BoundColumn own = left.get(i).bound();
      long type =
          own.typeOid() == 0 && i < right.size() ? right.get(i).bound().typeOid() : own.typeOid();
      typed.add(
          new Scope.Column(left.get(i).name(), new BoundColumn(own.origin(), type, own.reaches())));
    }
    return typed;
  }

  private Shape values(ValuesRows values, Scope scope) {
    Set<TableUse> reaches = new LinkedHashSet<>();
    int width = 0;
    for (SqlNode row : values.rows()) {
      expressions.expression(row, scope);
      reaches.addAll(expressions.reaches(row));
      width = ((SqlNodeList) row).size();
    }
    List<Scope.Column> outputs = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      outputs.add(new Scope.Column("column" + i, new BoundColumn(Optional.empty(), 0, reaches)));
    }
    return new Shape(outputs, false, Optional.empty(), reaches);
  }

  /// A plain name is an output column first; in an expression it is an input column.
  private void orderItem(SqlNode item, Shape shape, Scope inner) {
    if (!(item instanceof SqlIdentifier identifier)
        || !identifier.isSimple()
        || !isOutput(identifier.getSimple(), shape.outputs())) {
      expressions.expression(item, inner);
    }
  }

  private static boolean isOutput(String name, List<Scope.Column> outputs) {
    return outputs.stream().anyMatch(column -> column.name().equals(name));
  }

  private Shape select(Select select, Scope outer) {
    Scope scope = new Scope(outer);
    FromShape shape = from.list(select, outer);
    scope.show(shape);
    select.where().ifPresent(where -> conditions(where, scope, shape.uses()));
    List<Scope.Column> outputs = new ArrayList<>();
    boolean open = false;
    for (SqlNode target : select.targets()) {
      open |= target((Target) target, scope, outputs);
    }
    for (SqlNode item : select.groupBy()) {
      group(item, scope, outputs);
    }
    select.having().ifPresent(having -> conditions(having, scope, Set.of()));
    expressions.expression(select.windows(), scope);
    Shape result = new Shape(outputs, open, Optional.of(scope), new LinkedHashSet<>());
    for (SqlNode item : select.distinctOn()) {
      orderItem(item, result, scope);
    }
    return result;
  }

  /// Returns whether a column's name is not known.
  private boolean target(Target target, Scope scope, List<Scope.Column> outputs) {
    SqlNode value = ExpressionResolver.shown(target.expression(), scope);
    target.setOperand(0, value);
    if (value instanceof SqlIdentifier star && star.isStar()) {
      return star(star, scope, outputs);
    }
    expressions.expression(value, scope);
    String name = OutputNames.of(target);
    @Nullable BoundColumn bound = value instanceof SqlIdentifier ? columns.get(value) : null;
    outputs.add(
        new Scope.Column(
            name,
            bound != null
                ? bound
                : new BoundColumn(
                    Optional.empty(), Math.max(types.of(value), 0), expressions.reaches(value))));
    return name.isEmpty();
  }

  private boolean star(SqlIdentifier star, Scope scope, List<Scope.Column> outputs) {
    if (star.names.size() == 1) {
      scope.columns().forEach(column -> Scope.noteRead(column.bound()));
      outputs.addAll(scope.columns());
      return scope.hasOpenItem();
    }
    Scope.Item item = expressions.starItem(star, scope);
    Scope.wholeRow(item);
    outputs.addAll(item.columns());
    return item.open();
  }

  /// A plain name is an input column first, and an output column when there is none.
  private void group(SqlNode item, Scope scope, List<Scope.Column> outputs) {
    if (item instanceof Construct construct && isGrouping(construct)) {
      construct.getOperandList().forEach(part -> group(part, scope, outputs));
      return;
    }
    boolean output =
        item instanceof SqlIdentifier identifier
            && identifier.isSimple()
            && isOutput(identifier.getSimple(), outputs)
            && scope.localColumn(identifier.getSimple()).isEmpty();
    if (!output) {
      expressions.expression(item, scope);
    }
  }

  private static boolean isGrouping(Construct construct) {
    return switch (construct.form()) {
      case GROUPING_SETS, CUBE, ROLLUP, IMPLICIT_ROW -> true;
      default -> false;
    };
  }

  /// Records each conjunct with what it can reach.
  void conditions(SqlNode condition, Scope scope, Set<TableUse> copyable) {
    if (condition instanceof Construct and && and.form() == Construct.Form.AND) {
      and.getOperandList().forEach(part -> conditions(part, scope, copyable));
      return;
    }
    int before = uses.size();
    expressions.expression(condition, scope);
    Set<TableUse> reaches = new LinkedHashSet<>(expressions.reaches(condition));
    reaches.addAll(uses.subList(before, uses.size()));
    conditions.add(new Condition(condition, reaches, copyable));
  }

  void join(Resolution.JoinedColumns pair) {
    joined.add(pair);
  }

  VisibleRelation relation(SqlIdentifier name) {
    return relations.find(name);
  }

  void use(TableUse use) {
    uses.add(use);
  }

  int usesSoFar() {
    return uses.size();
  }

  List<TableUse> usesSince(int before) {
    return List.copyOf(uses.subList(before, uses.size()));
  }

  void bind(SqlIdentifier identifier, BoundColumn column) {
    columns.put(identifier, column);
  }

  /// Notes a qualified name of an enclosing query's column.
  void outer(SqlIdentifier identifier) {
    outer.put(identifier, true);
  }

  /// Notes a name after an item whose columns are not all known.
  void attribute(SqlIdentifier identifier) {
    attributes.add(identifier);
  }

  @Nullable BoundColumn bound(SqlIdentifier identifier) {
    return columns.get(identifier);
  }

  /// OID of an expression's type, 0 when not known.
  long typeOf(SqlNode expression) {
    return Math.max(types.of(expression), 0);
  }

  ExpressionResolver expressions() {
    return expressions;
  }
}
