package dev.remit.proxy.plan;

import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Condition;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.resolve.TableUse;
import dev.remit.proxy.resolve.VisibleColumn;
import dev.remit.proxy.resolve.VisibleRelation;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

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

  /// @param pinPositions for each value of each pin, the character position of its constant; 0 for
  ///   a parameter
  record Result(AccessSummary access, List<List<Integer>> pinPositions) {}

  /// A pinned value and where it stands.
  private record Pinned(AccessSummary.PinnedValue value, int position) {}

  /// @param uses every mention of a relation, those inside views included
  static Result of(
      String fingerprint, String statement, List<TableUse> uses, Resolution resolution) {
    AccessSummaries summary = new AccessSummaries();
    uses.forEach(summary::add);
    List<List<Integer>> positions = new ArrayList<>();
    List<AccessSummary.SubjectPin> pins = pins(resolution, positions);
    AccessSummary access =
        new AccessSummary(
            fingerprint,
            shortened(statement),
            List.copyOf(summary.tables),
            List.copyOf(summary.oids),
            List.copyOf(summary.columns),
            List.copyOf(summary.policies),
            List.copyOf(summary.why),
            summary.clearPersonal,
            pins);
    return new Result(access, positions);
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

  /// Subject keys of which every column is fixed by an equality at the top of the statement.
  private static List<AccessSummary.SubjectPin> pins(
      Resolution resolution, List<List<Integer>> positions) {
    Map<TableUse, Map<String, Pinned>> fixed = new LinkedHashMap<>();
    for (Condition condition : resolution.conditions()) {
      if (condition.node() instanceof Operation operation
          && operation.symbol().equals("=")
          && !operation.isPrefix()) {
        SqlNode left = operation.getOperandList().get(0);
        SqlNode right = operation.getOperandList().get(1);
        pin(resolution, condition, left, right, fixed);
        pin(resolution, condition, right, left, fixed);
      }
    }
    List<AccessSummary.SubjectPin> pins = new ArrayList<>();
    fixed.forEach((use, values) -> {
      List<Pinned> key = complete(use, values);
      if (!key.isEmpty()) {
        pins.add(
            new AccessSummary.SubjectPin(
                use.relation().schema() + "." + use.relation().name(),
                key.stream().map(Pinned::value).toList()));
        positions.add(key.stream().map(Pinned::position).toList());
      }
    });
    return pins;
  }

  private static void pin(
      Resolution resolution,
      Condition condition,
      SqlNode column,
      SqlNode value,
      Map<TableUse, Map<String, Pinned>> fixed) {
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
          .putIfAbsent(origin.column().name(), new Pinned(pinned.get(), position(value)));
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

  /// The values of the whole subject key, or nothing.
  private static List<Pinned> complete(TableUse use, Map<String, Pinned> values) {
    if (!(use.relation() instanceof VisibleRelation.Base base)) {
      return List.of();
    }
    List<Pinned> key = new ArrayList<>();
    for (String column : base.relation().declaration().subjectKey()) {
      @Nullable Pinned pinned = values.get(column);
      if (pinned == null) {
        return List.of();
      }
      key.add(pinned);
    }
    return key;
  }
}
