package dev.remit.proxy.fence;

import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Condition;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.Resolution.JoinedColumns;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Leakproof conditions to repeat inside a fence, so that an index can find the rows: those on the
/// columns of one relation, and those that follow from them by equality (`a.x = 5` and `a.x = b.y`
/// give `b.y = 5`).
///
/// In a subquery, a column of the enclosing query is as good as a constant, unless its qualifier
/// would mean something else inside the fence.
///
/// A copy never changes the result: the condition itself still stands outside, it is strict (null
/// does not pass), and it is copied only to sides of joins where a row that fails it could not have
/// come through ([Condition#copyable]).
final class Copies {
  private record Equality(ColumnOrigin from, ColumnOrigin to, Set<TableUse> copyable) {}

  private final Resolution resolution;
  private final LeakproofConditions leakproof;
  private final List<Equality> equalities = new ArrayList<>();
  private final Map<TableUse, List<SqlNode>> copies = new HashMap<>();

  Copies(Resolution resolution, LeakproofConditions leakproof) {
    this.resolution = resolution;
    this.leakproof = leakproof;
  }

  Map<TableUse, List<SqlNode>> byUse() {
    for (Condition condition : resolution.conditions()) {
      if (condition.node() instanceof Operation operation
          && !operation.isPrefix()
          && operation.symbol().equals("=")
          && leakproof.isSafe(operation)) {
        equate(
            leakproof.column(operation.getOperandList().get(0)),
            leakproof.column(operation.getOperandList().get(1)),
            condition.copyable());
      }
    }
    for (JoinedColumns pair : resolution.joined()) {
      equate(
          pair.left().filter(Copies::clear), pair.right().filter(Copies::clear), pair.copyable());
    }
    for (Condition condition : resolution.conditions()) {
      if (isStrict(condition.node()) && leakproof.isSafe(condition.node())) {
        copy(condition);
      }
    }
    return copies;
  }

  private static boolean clear(ColumnOrigin origin) {
    return !origin.column().masked();
  }

  private void equate(
      Optional<ColumnOrigin> left, Optional<ColumnOrigin> right, Set<TableUse> copyable) {
    if (left.isPresent()
        && right.isPresent()
        && left.get().column().typeOid() == right.get().column().typeOid()) {
      equalities.add(new Equality(left.get(), right.get(), copyable));
      equalities.add(new Equality(right.get(), left.get(), copyable));
    }
  }

  private static boolean isStrict(SqlNode condition) {
    if (!(condition instanceof Construct construct)) {
      return !(condition instanceof org.apache.calcite.sql.SqlLiteral);
    }
    return switch (construct.form()) {
      case BETWEEN, IN, IS_NOT_NULL -> true;
      case OR -> construct.getOperandList().stream().allMatch(Copies::isStrict);
      default -> false;
    };
  }

  private void copy(Condition condition) {
    Set<ColumnOrigin> origins = origins(condition.node());
    Set<TableUse> tables = new LinkedHashSet<>();
    origins.forEach(origin -> tables.add(origin.table()));
    if (tables.size() != 1) {
      return;
    }
    TableUse table = tables.iterator().next();
    if (captures(table, condition.node())) {
      return;
    }
    if (condition.copyable().contains(table)) {
      add(table, renamed(condition.node(), null));
    }
    if (origins.size() == 1) {
      imply(condition, origins.iterator().next(), new LinkedHashSet<>(origins));
    }
  }

  private void imply(Condition condition, ColumnOrigin known, Set<ColumnOrigin> seen) {
    for (Equality equality : equalities) {
      if (equality.from().equals(known)
          && condition.copyable().contains(equality.to().table())
          && equality.copyable().contains(equality.to().table())
          && !captures(equality.to().table(), condition.node())
          && seen.add(equality.to())) {
        add(equality.to().table(), renamed(condition.node(), equality.to().column().name()));
        imply(condition, equality.to(), seen);
      }
    }
  }

  /// Whether a name of the enclosing query would find the relation inside the fence instead.
  private boolean captures(TableUse table, SqlNode condition) {
    boolean[] found = {false};
    condition.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            found[0] |=
                resolution.outer().contains(identifier)
                    && identifier.names.get(0).equals(table.relation().nameInside());
            return null;
          }
        });
    return found[0];
  }

  private void add(TableUse table, SqlNode condition) {
    copies.computeIfAbsent(table, absent -> new ArrayList<>()).add(condition);
  }

  private Set<ColumnOrigin> origins(SqlNode condition) {
    Set<ColumnOrigin> origins = new LinkedHashSet<>();
    condition.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            @Nullable BoundColumn bound = resolution.columns().get(identifier);
            if (bound != null && !resolution.outer().contains(identifier)) {
              bound.origin().ifPresent(origins::add);
            }
            return null;
          }
        });
    return origins;
  }

  /// The condition on the relation's own column names, or on another column instead of its only
  /// one.
  private SqlNode renamed(SqlNode condition, @Nullable String instead) {
    return Objects.requireNonNull(
        condition.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlIdentifier identifier) {
                @Nullable BoundColumn bound = resolution.columns().get(identifier);
                if (bound == null
                    || bound.origin().isEmpty()
                    || resolution.outer().contains(identifier)) {
                  return identifier;
                }
                String name = instead != null ? instead : bound.origin().get().column().name();
                return new SqlIdentifier(name, identifier.getParserPosition());
              }
            }));
  }
}
