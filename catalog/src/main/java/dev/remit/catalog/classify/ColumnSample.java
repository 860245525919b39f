package dev.remit.catalog.classify;

import dev.remit.catalog.model.ColumnType;
import java.util.List;

/// What is known of a column when it is classified.
///
/// @param comment empty when the column has none
/// @param values text forms of some non-null values, possibly cut; none may be empty knowledge
public record ColumnSample(
    String schema,
    String table,
    String column,
    ColumnType type,
    String comment,
    List<String> values) {
  public ColumnSample {
    values = List.copyOf(values);
  }
}
