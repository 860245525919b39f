package dev.remit.proxy.resolve;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.sql.PostgresSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Joins the decision on a partition or inheritance child with the decision on its parent, so that
/// naming the child does not go round the parent: both must allow a column, both's masks and
/// filters hold.
final class InheritedDecision {
  private InheritedDecision() {}

  /// @param ancestor the parent itself: a column that it has not is the child's own business
  static TableDecision join(
      Relation child, TableDecision own, Relation ancestor, TableDecision parent) {
    if (!(parent instanceof TableDecision.Allow above)) {
      return parent;
    }
    if (!(own instanceof TableDecision.Allow mine)) {
      return undetermined(own) ? inherited(child, above) : own;
    }
    List<ColumnDecision> columns = new ArrayList<>();
    for (ColumnDecision column : mine.columns()) {
      if (ancestor.columns().stream().noneMatch(other -> sameName(column.column(), other))) {
        columns.add(column);
      } else {
        find(above, column).flatMap(other -> both(column, other)).ifPresent(columns::add);
      }
    }
    List<SqlExpression> filters = new ArrayList<>(above.filters());
    filters.addAll(mine.filters());
    return allow(child, columns, filters, above, mine);
  }

  /// No policy speaks of the child itself: the parent's decision stands for it.
  private static boolean undetermined(TableDecision own) {
    return own.why().stream().allMatch(reason -> reason.policyId() == -1);
  }

  private static TableDecision inherited(Relation child, TableDecision.Allow above) {
    List<ColumnDecision> columns = new ArrayList<>();
    for (var column : child.columns()) {
      for (ColumnDecision decided : above.columns()) {
        if (decided.column().name().equals(column.name())) {
          columns.add(
              new ColumnDecision(column, decided.mask(), decided.maskName(), decided.personal()));
        }
      }
    }
    return allow(child, columns, above.filters(), above, above);
  }

  private static boolean sameName(Column one, Column other) {
    return one.name().equals(other.name());
  }

  private static TableDecision allow(
      Relation child,
      List<ColumnDecision> columns,
      List<SqlExpression> filters,
      TableDecision.Allow above,
      TableDecision.Allow mine) {
    List<Determination> why = new ArrayList<>(above.why());
    mine.why().stream().filter(reason -> !why.contains(reason)).forEach(why::add);
    if (columns.isEmpty()) {
      return new TableDecision.Deny(
          dev.remit.platform.error.ErrorCode.UNKNOWN_TABLE,
          "no column of " + child.qualifiedName() + " is visible together with its parent",
          why);
    }
    return new TableDecision.Allow(columns, filters, why);
  }

  private static Optional<ColumnDecision> find(TableDecision.Allow above, ColumnDecision column) {
    return above.columns().stream()
        .filter(other -> other.column().name().equals(column.column().name()))
        .findFirst();
  }

  /// Two different masks on one cell cannot both hold, so the column is hidden.
  private static Optional<ColumnDecision> both(ColumnDecision mine, ColumnDecision above) {
    boolean personal = mine.personal() || above.personal();
    if (mine.mask().isPresent()
        && above.mask().isPresent()
        && !sameMask(mine.mask().get(), above.mask().get())) {
      return Optional.empty();
    }
    return Optional.of(
        mine.mask().isPresent()
            ? new ColumnDecision(mine.column(), mine.mask(), mine.maskName(), personal)
            : new ColumnDecision(mine.column(), above.mask(), above.maskName(), personal));
  }

  /// Each decision has trees of its own, so they are compared as they would be written.
  private static boolean sameMask(SqlExpression one, SqlExpression other) {
    return one.values().equals(other.values())
        && PostgresSql.write(one.tree()).equals(PostgresSql.write(other.tree()));
  }
}
