package dev.remit.proxy.govern;

import dev.remit.catalog.model.Column;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// GROUP BY a primary key: PostgreSQL then accepts the table's other columns ungrouped
/// (documentation 7.2.3), but only of plain tables. A governed table is a subquery, so those
/// columns are added to GROUP BY. They depend on the key, so the groups stay the same.
///
/// A masked key is no key; then PostgreSQL refuses the statement (42803).
final class GroupKeys {
  private final Resolution resolution;

  private GroupKeys(Resolution resolution) {
    this.resolution = resolution;
  }

  /// Completes every GROUP BY of the statement, in place.
  static void complete(Resolution resolution) {
    GroupKeys keys = new GroupKeys(resolution);
    for (Resolution.OrderedSelect ordered : resolution.selects()) {
      if (!ordered.select().groupBy().isEmpty()) {
        keys.complete(ordered);
      }
    }
  }

  private void complete(Resolution.OrderedSelect ordered) {
    Select select = ordered.select();
    SqlNodeList group = select.groupBy();
    Set<ColumnOrigin> grouped = new HashSet<>();
    for (SqlNode item : group) {
      if (item instanceof Construct) {
        // Grouping sets: PostgreSQL knows no dependency there either.
        return;
      }
      @Nullable BoundColumn bound =
          item instanceof SqlIdentifier identifier ? resolution.columns().get(identifier) : null;
      if (bound != null) {
        bound.origin().ifPresent(grouped::add);
      }
    }
    Map<ColumnOrigin, SqlIdentifier> referenced = new LinkedHashMap<>();
    collect(select.targets(), referenced);
    select.having().ifPresent(having -> collect(having, referenced));
    collect(ordered.orderBy(), referenced);
    referenced.forEach((origin, identifier) -> {
      TableUse use = origin.table();
      if (use.level() == select && !grouped.contains(origin) && hasKey(use, grouped)) {
        group.add(identifier.clone(identifier.getParserPosition()));
      }
    });
  }

  private static boolean hasKey(TableUse use, Set<ColumnOrigin> grouped) {
    if (!(use.relation() instanceof VisibleRelation.Base base)
        || base.relation().primaryKey().isEmpty()) {
      return false;
    }
    for (Column column : base.relation().columns()) {
      boolean isKey = base.relation().primaryKey().contains(column.number());
      boolean isGrouped =
          grouped.stream()
              .anyMatch(origin ->
                  origin.table() == use
                      && !origin.column().masked()
                      && origin.column().name().equals(column.name()));
      if (isKey && !isGrouped) {
        return false;
      }
    }
    return true;
  }

  /// Columns outside aggregates: those inside need no grouping and may have no equality.
  private void collect(SqlNode node, Map<ColumnOrigin, SqlIdentifier> referenced) {
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            @Nullable BoundColumn bound = resolution.columns().get(identifier);
            if (bound != null) {
              bound.origin().ifPresent(origin -> referenced.putIfAbsent(origin, identifier));
            }
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            boolean aggregate =
                call instanceof FunctionCall function
                    && function.window().isEmpty()
                    && function.options().over().isEmpty()
                    && AGGREGATES.contains(lastName(function));
            return aggregate ? null : super.visit(call);
          }
        });
  }

  private static String lastName(FunctionCall call) {
    return call.name().names.get(call.name().names.size() - 1);
  }

  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "avg",
          "min",
          "max",
          "array_agg",
          "string_agg",
          "json_agg",
          "jsonb_agg",
          "json_object_agg",
          "jsonb_object_agg",
          "bool_and",
          "bool_or",
          "every",
          "any_value",
          "stddev",
          "variance",
          "mode",
          "percentile_cont",
          "percentile_disc");
}
