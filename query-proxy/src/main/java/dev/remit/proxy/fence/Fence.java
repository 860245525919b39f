package dev.remit.proxy.fence;

import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.SqlExpression;
import dev.remit.proxy.resolve.Condition;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.JoinedColumns;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.Query;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Decides, for each mention of a relation, whether `OFFSET 0` stays around its filters.
///
/// Why a fence: PostgreSQL runs the conditions of one scan in the order of their cost, and pushes
/// conditions from outside down to the scan. A client's condition that raises an error, or takes
/// its time, would then tell of rows that a filter hides. Only a *leakproof* operator may run
/// before the filter (documentation 39.5, `proleakproof`).
///
/// When it may be left out: no WHERE, ON or HAVING conjunct anywhere in the statement that can
/// reach the relation is other than leakproof on unmasked columns. Expressions of the select list,
/// of GROUP BY and ORDER BY are evaluated above the scan, hence after filters that are conditions
/// of that one scan; a filter with a subquery may become a join, evaluated later, so it keeps its
/// fence. Masks are expressions of the select list too.
///
/// A relation without filters hides no row and needs no fence at all.
///
/// Where it stays, leakproof conditions are copied inside so that indexes serve ([Copies]).
public final class Fence {

  /// @param open the uses that need no fence
  /// @param copied conditions to repeat inside, by use
  public record Plan(Set<TableUse> open, Map<TableUse, List<SqlNode>> copied) {
    public boolean isFenced(TableUse use) {
      return !open.contains(use);
    }

    public List<SqlNode> copies(TableUse use) {
      return copied.getOrDefault(use, List.of());
    }
  }

  private final SourceFacts facts;
  private final ParameterTypes parameters;
  private final boolean mayOpen;

  private Fence(SourceFacts facts, ParameterTypes parameters, boolean mayOpen) {
    this.facts = facts;
    this.parameters = parameters;
    this.mayOpen = mayOpen;
  }

  /// For a statement with these parameters.
  public Fence(SourceFacts facts, ParameterTypes parameters) {
    this(facts, parameters, true);
  }

  /// The same, but every fence stays: for views, into which conditions reach from outside.
  public Fence closed() {
    return new Fence(facts, parameters, false);
  }

  public Plan plan(Resolution resolution) {
    LeakproofConditions leakproof = new LeakproofConditions(resolution, facts, parameters);
    Set<TableUse> exposed = new LinkedHashSet<>();
    for (Condition condition : resolution.conditions()) {
      if (!leakproof.isSafe(condition.node())) {
        exposed.addAll(condition.reaches());
      }
    }
    for (JoinedColumns pair : resolution.joined()) {
      if (!isLeakproof(pair)) {
        exposed.addAll(pair.reaches());
      }
    }
    Set<TableUse> open = new LinkedHashSet<>();
    for (TableUse use : resolution.uses()) {
      if (hidesNothing(use) || (mayOpen && !exposed.contains(use) && isSimple(use))) {
        open.add(use);
      }
    }
    Map<TableUse, List<SqlNode>> copied =
        mayOpen ? new Copies(resolution, leakproof).byUse() : new HashMap<>();
    open.forEach(copied::remove);
    return new Plan(open, copied);
  }

  private boolean isLeakproof(JoinedColumns pair) {
    return pair.left().isPresent()
        && pair.right().isPresent()
        && !pair.left().get().column().masked()
        && !pair.right().get().column().masked()
        && facts.isLeakproof(
            "=", pair.left().get().column().typeOid(), pair.right().get().column().typeOid());
  }

  /// Without a filter no row is hidden; a condition on a masked column runs on its mask.
  private static boolean hidesNothing(TableUse use) {
    return use.relation() instanceof VisibleRelation.Base base
        && base.decision().filters().isEmpty()
        && base.relation().kind() != Relation.Kind.FOREIGN_TABLE;
  }

  private static boolean isSimple(TableUse use) {
    return use.relation() instanceof VisibleRelation.Base base
        && (base.relation().kind() == Relation.Kind.TABLE
            || base.relation().kind() == Relation.Kind.PARTITIONED_TABLE)
        && base.decision().filters().stream().noneMatch(Fence::hasSubquery);
  }

  private static boolean hasSubquery(SqlExpression filter) {
    boolean[] found = {false};
    filter
        .tree()
        .accept(
            new SqlBasicVisitor<@Nullable Void>() {
              @Override
              public @Nullable Void visit(SqlCall call) {
                found[0] |= call instanceof Query;
                return super.visit(call);
              }
            });
    return found[0];
  }
}
