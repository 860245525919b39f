package dev.remit.proxy.plan;

import dev.remit.sql.model.Select;
import dev.remit.sql.model.expression.SortItem;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Literals whose value, not only whose sort, a plan depends on.
///
/// @param positions in the client's text
record FixedLiterals(boolean all, Set<Integer> positions) {
  /// Every literal: names of catalog objects may be among them.
  static final FixedLiterals ALL = new FixedLiterals(true, Set.of());

  FixedLiterals {
    positions = Set.copyOf(positions);
  }

  boolean isFixed(int position) {
    return all || positions.contains(position);
  }

  /// The ordinals of ORDER BY and GROUP BY: they are names of columns.
  static FixedLiterals ordinals(SqlNode query) {
    Set<Integer> positions = new HashSet<>();
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SortItem item) {
              add(item.expression());
            }
            if (call instanceof Select select) {
              select.groupBy().forEach(this::add);
              select.distinctOn().forEach(this::add);
            }
            return super.visit(call);
          }

          private void add(SqlNode item) {
            if (item instanceof SqlLiteral) {
              positions.add(item.getParserPosition().getColumnNum());
            }
          }
        });
    return new FixedLiterals(false, positions);
  }
}
