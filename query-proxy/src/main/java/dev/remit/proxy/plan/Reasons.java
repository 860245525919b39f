package dev.remit.proxy.plan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.TableDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Why a table is shown as it is, or not at all: lines for the access record, each with the policy
/// or declaration that determined it.
final class Reasons {
  private static final int MOST_LINES = 60;
  private static final int MOST_COLUMNS = 30;

  private Reasons() {}

  /// Of a statement that runs: what opened the table, its rows, and the masks of what it reads.
  static List<String> of(Relation relation, TableDecision.Allow decision, Set<String> read) {
    return decision.why().stream()
        .filter(reason -> concerns(reason.effect(), read))
        .map(reason -> line(relation, reason))
        .limit(MOST_LINES)
        .toList();
  }

  /// Of a statement that is refused: everything that determined the tables it asked for, and what
  /// of them nothing opens.
  static List<String> of(Map<Relation, TableDecision> asked) {
    List<String> lines = new ArrayList<>();
    asked.forEach((relation, decision) -> {
      decision.why().forEach(reason -> lines.add(line(relation, reason)));
      switch (decision) {
        case TableDecision.Deny denied ->
            lines.add(relation.qualifiedName() + ": " + denied.reason());
        case TableDecision.Allow allowed -> closed(relation, allowed, lines);
      }
    });
    return List.copyOf(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
  }

  private static void closed(Relation relation, TableDecision.Allow decision, List<String> lines) {
    Set<String> open =
        decision.columns().stream()
            .map(column -> column.column().name())
            .collect(Collectors.toSet());
    List<String> closed =
        relation.columns().stream().map(Column::name).filter(name -> !open.contains(name)).toList();
    if (!closed.isEmpty()) {
      lines.add(
          relation.qualifiedName()
              + ": not open are "
              + String.join(", ", closed.subList(0, Math.min(closed.size(), MOST_COLUMNS)))
              + (closed.size() > MOST_COLUMNS ? ", …" : ""));
    }
  }

  private static boolean concerns(String effect, Set<String> read) {
    if (effect.startsWith("deny ")) {
      return false;
    }
    return !effect.startsWith("mask ")
        || read.stream().anyMatch(column -> effect.startsWith("mask " + column + " with "));
  }

  private static String line(Relation relation, Determination reason) {
    return relation.qualifiedName()
        + ": "
        + reason.effect()
        + (reason.policyId() < 0
            ? " (declared: " + reason.policyName() + ")"
            : " (policy " + reason.policyId() + ": " + reason.policyName() + ")");
  }
}
