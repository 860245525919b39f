package dev.remit.catalog.model;

import java.util.Map;
import java.util.Optional;

/// One registered PostgreSQL source as last scanned.
///
/// @param relations by OID
public record Source(SourceName name, State state, Map<Long, Relation> relations, long epoch) {
  public Source {
    relations = Map.copyOf(relations);
  }

  /// Only a READY source answers statements; in every other state they are refused.
  public enum State {
    READY,
    /// Its schema is not the scanned one; re-scan to go on.
    DRIFTED,
    UNREACHABLE,
    /// Its role can do more than read; see SECURITY.md.
    UNSAFE_ROLE
  }

  public Optional<Relation> relation(String schema, String relationName) {
    return relations.values().stream()
        .filter(
            relation -> relation.schema().equals(schema) && relation.name().equals(relationName))
        .findFirst();
  }
}
