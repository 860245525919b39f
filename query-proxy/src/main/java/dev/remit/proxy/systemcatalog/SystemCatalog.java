package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SourceFacts;
import java.util.Map;
import java.util.Optional;

/// The catalog relations that clients may read, by name.
///
/// @param relations by `schema.name`
public record SystemCatalog(Map<String, SystemRelation> relations) {
  public SystemCatalog {
    relations = Map.copyOf(relations);
  }

  /// The catalog of a source, by the rules of this package over the columns it has.
  public static SystemCatalog of(SourceFacts facts) {
    return new SystemCatalog(SystemRules.relations(facts.systemColumns()));
  }

  /// Empty when clients may not know of it.
  public Optional<SystemRelation> relation(String schema, String name) {
    return Optional.ofNullable(relations.get(schema + "." + name));
  }
}
