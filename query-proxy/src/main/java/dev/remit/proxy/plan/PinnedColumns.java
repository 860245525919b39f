package dev.remit.proxy.plan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.proxy.model.AccessSummary;
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
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// Columns that a statement fixes to one value each, by an equality at its top.
final class PinnedColumns {
  private final Map<TableUse, Map<String, Pinned>> fixed = new LinkedHashMap<>();

  /// @param position of the constant in the client's text, 0 for a parameter
  /// @param plain whether the constant stands there bare, without a cast
  record Pinned(AccessSummary.PinnedValue value, int position, boolean plain) {}

  /// Calls back with the values of a key of a table that is pinned whole.
  interface KeyReader {
    void key(TableUse use, List<Pinned> values);
  }

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

  /// Tables of which the whole subject key is fixed.
  void subjectKeys(KeyReader reader) {
    fixed.forEach((use, values) -> {
      if (use.relation() instanceof VisibleRelation.Base base) {
        List<Pinned> key = complete(base.relation().declaration().subjectKey(), values);
        if (!key.isEmpty()) {
          reader.key(use, key);
        }
      }
    });
  }

  /// Positions of the bare literals that fix the whole primary key of a table. Whatever their
  /// values, the source finds the row in the same way.
  Set<Integer> keyLiterals() {
    Set<Integer> positions = new HashSet<>();
    fixed.forEach((use, values) -> {
      if (use.relation() instanceof VisibleRelation.Base base) {
        complete(primaryKey(base.relation()), values).stream()
            .filter(value -> value.plain() && value.position() > 0)
            .forEach(value -> positions.add(value.position()));
      }
    });
    return positions;
  }

  private static List<String> primaryKey(Relation relation) {
    List<String> names = new ArrayList<>();
    for (int number : relation.primaryKey()) {
      relation.columns().stream()
          .filter(column -> column.number() == number)
          .map(Column::name)
          .forEach(names::add);
    }
    return names;
  }

  private void pin(Resolution resolution, Condition condition, SqlNode column, SqlNode value) {
    if (!(column instanceof SqlIdentifier identifier)) {
      return;
    }
    BoundColumn bound = resolution.columns().get(identifier);
    Optional<AccessSummary.PinnedValue> pinned = value(value);
    if (bound == null || bound.origin().isEmpty() || pinned.isEmpty()) {
      return;
    }
    ColumnOrigin origin = bound.origin().get();
    if (!origin.column().masked() && condition.copyable().contains(origin.table())) {
      fixed
          .computeIfAbsent(origin.table(), absent -> new LinkedHashMap<>())
          .putIfAbsent(
              origin.column().name(),
              new Pinned(pinned.get(), position(value), value instanceof SqlLiteral));
    }
  }

  private static Optional<AccessSummary.PinnedValue> value(SqlNode node) {
    if (node instanceof SqlDynamicParam parameter) {
      return Optional.of(new AccessSummary.PinnedValue.Parameter(parameter.getIndex() + 1));
    }
    if (node instanceof SqlLiteral literal && literal.getValue() != null) {
      return Optional.ofNullable(literal.toValue()).map(AccessSummary.PinnedValue.Constant::new);
    }
    if (node instanceof Cast cast) {
      return value(cast.value());
    }
    return Optional.empty();
  }

  private static int position(SqlNode value) {
    if (value instanceof Cast cast) {
      return position(cast.value());
    }
    return value instanceof SqlLiteral ? value.getParserPosition().getColumnNum() : 0;
  }

  /// The values of the whole key, or nothing.
  private static List<Pinned> complete(List<String> columns, Map<String, Pinned> values) {
    List<@Nullable Pinned> key = columns.stream().<@Nullable Pinned>map(values::get).toList();
    return key.stream().anyMatch(Objects::isNull)
        ? List.of()
        : key.stream().map(value -> Objects.requireNonNull(value)).toList();
  }
}
