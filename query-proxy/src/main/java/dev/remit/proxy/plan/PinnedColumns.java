package dev.remit.proxy.plan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Condition;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// Columns that a statement fixes to one value each, by an equality at its top.
final class PinnedColumns {
  private static final int NO_LITERAL = 0;

  /// By table and column the position of the bare literal; [#NO_LITERAL] for another constant.
  private final Map<TableUse, Map<String, Integer>> fixed = new LinkedHashMap<>();

  static PinnedColumns of(Resolution resolution) {
    PinnedColumns pinned = new PinnedColumns();
    for (Condition condition : resolution.conditions()) {
      if (condition.node() instanceof Operation operation
          && operation.symbol().equals("=")
          && !operation.isPrefix()) {
        SqlNode left = operation.getOperandList().get(0);
        SqlNode right = operation.getOperandList().get(1);
        pinned.pin(resolution, condition, left, right);
        pinned.pin(resolution, condition, right, left);
      }
    }
    return pinned;
  }

  /// Positions of the bare literals that fix the whole primary key of a table. Whatever their
  /// values, the source finds the row in the same way.
  Set<Integer> keyLiterals() {
    Set<Integer> positions = new HashSet<>();
    fixed.forEach((use, values) -> {
      if (use.relation() instanceof VisibleRelation.Base base) {
        List<String> key = primaryKey(base.relation());
        if (values.keySet().containsAll(key)) {
          key.forEach(column -> positions.add(Objects.requireNonNull(values.get(column))));
        }
      }
    });
    positions.remove(NO_LITERAL);
    return positions;
  }

  private static List<String> primaryKey(Relation relation) {
    List<String> names = new ArrayList<>();
    for (int number : relation.primaryKey()) {
      relation.column(number).map(Column::name).ifPresent(names::add);
    }
    return names;
  }

  private void pin(Resolution resolution, Condition condition, SqlNode column, SqlNode value) {
    if (!(column instanceof SqlIdentifier identifier) || !isConstant(value)) {
      return;
    }
    BoundColumn bound = resolution.columns().get(identifier);
    if (bound == null || bound.origin().isEmpty()) {
      return;
    }
    ColumnOrigin origin = bound.origin().get();
    if (!origin.column().masked() && condition.copyable().contains(origin.table())) {
      fixed
          .computeIfAbsent(origin.table(), absent -> new LinkedHashMap<>())
          .putIfAbsent(
              origin.column().name(),
              value instanceof SqlLiteral ? value.getParserPosition().getColumnNum() : NO_LITERAL);
    }
  }

  private static boolean isConstant(SqlNode node) {
    return switch (node) {
      case SqlDynamicParam _ -> true;
      case SqlLiteral literal -> literal.getValue() != null;
      case Cast cast -> isConstant(cast.value());
      default -> false;
    };
  }
}
