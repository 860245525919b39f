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
/// @param subjectPins subject keys that its conditions fix, for the keyed person index
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

  /// Conditions that fix every column of a table's subject key.
  ///
  /// @param table the table of the persons, see [dev.remit.catalog.model.Source#person]
  /// @param types OIDs of the key's columns
  /// @param choices each gives values to other columns of the key; together to all
  public record SubjectPin(String table, List<Long> types, List<Choice> choices) {
    public SubjectPin {
      types = List.copyOf(types);
      choices = List.copyOf(choices);
    }
  }

  /// What one condition leaves to choose from.
  ///
  /// @param columns places in the key
  /// @param rows for each alternative the values of these columns
  public record Choice(List<Integer> columns, List<List<PinnedValue>> rows) {
    public Choice {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// Where one key column's value comes from.
  public sealed interface PinnedValue {
    /// A constant of the statement.
    ///
    /// @param position of its first character in the client's text
    record Constant(String text, int position) implements PinnedValue {}

    /// The client's parameter `$number`.
    ///
    /// @param type its OID, 0 when it takes that of the column
    record Parameter(int number, long type) implements PinnedValue {}

    /// Each element of an array.
    record Elements(PinnedValue array) implements PinnedValue {}
  }
}
