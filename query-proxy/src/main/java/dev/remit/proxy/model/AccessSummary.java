package dev.remit.proxy.model;

import java.util.List;

/// What a statement touches, for its access record. Holds no literal of the statement.
///
/// @param fingerprint hex digest of the normalised statement
/// @param statement the normalised statement: literals replaced by `?`
/// @param tables qualified names of every base relation read
/// @param tableOids OIDs of the same, whose fingerprints must be the scanned ones at Parse
/// @param columns `schema.table.column` of every column read, clear or masked
/// @param policies ids of the determining policies
/// @param why one line for each reason: what opened a table, its rows, the masks of what is read
/// @param clearPersonal whether any personal column is read clear, in output, predicate or
///   aggregate: then rows wait until the intent is durable
/// @param subjectPins subject keys fixed by an equality, for the keyed person index
public record AccessSummary(
    String fingerprint,
    String statement,
    List<String> tables,
    List<Long> tableOids,
    List<String> columns,
    List<Long> policies,
    List<String> why,
    boolean clearPersonal,
    List<SubjectPin> subjectPins) {
  public AccessSummary {
    tables = List.copyOf(tables);
    tableOids = List.copyOf(tableOids);
    columns = List.copyOf(columns);
    policies = List.copyOf(policies);
    why = List.copyOf(why);
    subjectPins = List.copyOf(subjectPins);
  }

  /// A conjunction that fixes every column of a table's subject key.
  public record SubjectPin(String table, List<PinnedValue> values) {
    public SubjectPin {
      values = List.copyOf(values);
    }
  }

  /// Where one key column's value comes from.
  public sealed interface PinnedValue {
    /// A constant of the statement.
    record Constant(String text) implements PinnedValue {}

    /// The client's parameter `$number`.
    record Parameter(int number) implements PinnedValue {}
  }
}
