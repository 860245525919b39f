package dev.remit.proxy.plan;

import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.AccessSummary.SubjectPin;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleColumn;
import dev.remit.proxy.resolve.VisibleRelation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the access record will say of a governed statement.
final class AccessSummaries {
  private static final int LONGEST_STATEMENT = 16_000;

  private final Set<String> tables = new LinkedHashSet<>();
  private final Set<Long> oids = new LinkedHashSet<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final Set<Long> policies = new LinkedHashSet<>();
  private final Set<String> why = new LinkedHashSet<>();
  private boolean clearPersonal;

  private AccessSummaries() {}

  /// @param uses every mention of a relation, those inside views included
  static AccessSummary of(
      String fingerprint, String statement, List<TableUse> uses, List<SubjectPin> pins) {
    AccessSummaries summary = new AccessSummaries();
    uses.forEach(summary::add);
    return new AccessSummary(
        fingerprint,
        shortened(statement),
        List.copyOf(summary.tables),
        List.copyOf(summary.oids),
        List.copyOf(summary.columns),
        List.copyOf(summary.policies),
        List.copyOf(summary.why),
        summary.clearPersonal,
        pins);
  }

  /// The record has a bound; the fingerprint is of the whole.
  private static String shortened(String statement) {
    if (statement.length() <= LONGEST_STATEMENT) {
      return statement;
    }
    int end = statement.offsetByCodePoints(0, LONGEST_STATEMENT / 2);
    return statement.substring(0, end) + " …";
  }

  private void add(TableUse use) {
    switch (use.relation()) {
      case VisibleRelation.Base base -> add(use, base.relation(), base.decision());
      case VisibleRelation.View view -> add(use, view.relation(), view.decision());
      case VisibleRelation.OfSystem ignored -> {}
    }
  }

  private void add(TableUse use, Relation relation, TableDecision.Allow decision) {
    tables.add(relation.qualifiedName());
    oids.add(relation.oid());
    decision.why().stream()
        .map(reason -> reason.policyId())
        .filter(policy -> policy >= 0)
        .forEach(policies::add);
    why.addAll(Reasons.of(relation, decision, use.columnsRead()));
    for (VisibleColumn column : use.relation().columns()) {
      if (use.columnsRead().contains(column.name())) {
        columns.add(relation.qualifiedName() + "." + column.name());
        clearPersonal |= column.personal() && !column.masked();
      }
    }
  }
}
