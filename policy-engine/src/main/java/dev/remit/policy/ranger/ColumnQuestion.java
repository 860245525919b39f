package dev.remit.policy.ranger;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.policy.model.Principal;
import java.time.Instant;
import java.util.Set;

/// One request to the engine: a column of a table, or with an empty column name the table itself,
/// which only row filters are asked for.
///
/// @param tags taxonomy names the column carries
public record ColumnQuestion(
    Principal principal,
    PurposeCode purpose,
    String source,
    String schema,
    String table,
    String column,
    Set<String> tags,
    Instant time) {
  public ColumnQuestion {
    tags = Set.copyOf(tags);
  }
}
