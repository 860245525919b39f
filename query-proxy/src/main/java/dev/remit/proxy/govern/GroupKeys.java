package dev.remit.proxy.govern;

import dev.remit.catalog.model.Column;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleColumn;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
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
      origin(select.targets(), item).ifPresent(grouped::add);
    }
    Map<ColumnOrigin, SqlIdentifier> referenced = new LinkedHashMap<>();
    collect(select.targets(), referenced);
    select.having().ifPresent(having -> collect(having, referenced));
    collect(ordered.orderBy(), referenced);
    select.targets().forEach(target -> behindStar((Target) target, select, referenced));
    referenced.forEach((origin, identifier) -> {
      TableUse use = origin.table();
      if (use.level() == select && !grouped.contains(origin) && hasKey(use, grouped)) {
        group.add(identifier.clone(identifier.getParserPosition()));
      }
    });
  }

  /// The column that an item means: by its name, or by the label or number of a result column.
  private Optional<ColumnOrigin> origin(SqlNodeList targets, SqlNode item) {
    @Nullable BoundColumn bound = bound(item);
    return bound != null
        ? bound.origin()
        : result(targets, item)
            .map(target -> bound(target.expression()))
            .flatMap(BoundColumn::origin);
  }

  private @Nullable BoundColumn bound(SqlNode node) {
    return node instanceof SqlIdentifier identifier ? resolution.columns().get(identifier) : null;
  }

  private static Optional<Target> result(SqlNodeList targets, SqlNode item) {
    if (item instanceof SqlNumericLiteral number) {
      return numbered(targets, number);
    }
    List<Target> named =
        targets.stream()
            .map(Target.class::cast)
            .filter(target ->
                item instanceof SqlIdentifier name
                    && name.isSimple()
                    && target.label().equals(Optional.of(name.getSimple())))
            .toList();
    return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
  }

  /// Behind a star, the number of a column is not known here.
  private static Optional<Target> numbered(SqlNodeList targets, SqlNumericLiteral number) {
    for (int i = 0; i < targets.size() && !isStar(targets.get(i)); i++) {
      if (PostgresSql.write(number).equals(Integer.toString(i + 1))) {
        return Optional.of((Target) targets.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean isStar(SqlNode target) {
    SqlNode value = ((Target) target).expression();
    return (value instanceof SqlIdentifier name && name.isStar())
        || (value instanceof FieldAccess access && access.isStar());
  }

  /// `*` and `t.*` refer to every column.
  private void behindStar(
      Target target, Select select, Map<ColumnOrigin, SqlIdentifier> referenced) {
    if (!(target.expression() instanceof SqlIdentifier star) || !star.isStar()) {
      return;
    }
    for (TableUse use : resolution.uses()) {
      String alias = use.alias().name();
      if (use.level() == select && (star.names.size() == 1 || star.names.get(0).equals(alias))) {
        List<String> names = use.alias().columns();
        List<VisibleColumn> columns = use.relation().columns();
        for (int i = 0; i < columns.size(); i++) {
          String name = i < names.size() ? names.get(i) : columns.get(i).name();
          referenced.putIfAbsent(
              new ColumnOrigin(use, columns.get(i)),
              new SqlIdentifier(List.of(alias, name), SqlParserPos.ZERO));
        }
      }
    }
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
