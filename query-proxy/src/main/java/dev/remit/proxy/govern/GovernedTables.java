package dev.remit.proxy.govern;

import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Construct;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Builds the query that stands for one relation: `SELECT column, mask(column) AS column … FROM
/// relation WHERE filters OFFSET 0`.
///
/// `OFFSET 0` is the fence: PostgreSQL neither pulls such a query up nor pushes conditions down
/// into it, so that nothing of the client's runs on a row before the filters have passed it
/// (`subquery_is_pushdown_safe` in `allpaths.c`, `is_simple_subquery` in `prepjointree.c`).
final class GovernedTables {
  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  private final PolicyParameters parameters;

  GovernedTables(PolicyParameters parameters) {
    this.parameters = parameters;
  }

  /// @param source the relation itself, or a view's governed definition
  /// @param copies conditions of the client that may run beside the filters
  /// @param fenced whether `OFFSET 0` stands at the end
  Query of(FromItem source, TableDecision.Allow decision, List<SqlNode> copies, boolean fenced) {
    SqlNodeList targets = new SqlNodeList(NOWHERE);
    for (ColumnDecision column : decision.columns()) {
      targets.add(target(column));
    }
    List<SqlNode> conditions = new ArrayList<>();
    for (SqlExpression filter : decision.filters()) {
      conditions.add(parameters.bind(filter));
    }
    conditions.addAll(copies);
    SqlNodeList from = new SqlNodeList(NOWHERE);
    from.add((SqlNode) source);
    Select select =
        new Select(
            NOWHERE,
            Select.Quantity.ALL,
            null,
            targets,
            from,
            conjunction(conditions),
            false,
            null,
            null,
            null);
    @Nullable SqlNode zero = fenced ? SqlLiteral.createExactNumeric("0", NOWHERE) : null;
    return new Query(NOWHERE, false, null, select, null, null, zero, false, List.of());
  }

  /// A governed catalog relation with conditions of the client beside its own.
  ///
  /// @param template fenced, with a WHERE clause
  static Query ofSystem(Query template, List<SqlNode> copies) {
    Select select = (Select) template.body();
    List<SqlNode> conditions = new ArrayList<>();
    select.where().ifPresent(conditions::add);
    conditions.addAll(copies);
    select.setWhere(conjunction(conditions));
    return template;
  }

  private SqlNode target(ColumnDecision column) {
    String name = column.column().name();
    return column
        .mask()
        .map(mask -> new Target(NOWHERE, parameters.bind(mask), name))
        .orElseGet(() -> new Target(NOWHERE, new SqlIdentifier(name, NOWHERE), null));
  }

  private static @Nullable SqlNode conjunction(List<SqlNode> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    return conditions.size() == 1
        ? conditions.get(0)
        : new Construct(NOWHERE, Construct.Form.AND, conditions.toArray(new SqlNode[0]));
  }
}
