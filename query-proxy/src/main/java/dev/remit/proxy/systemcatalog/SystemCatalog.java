package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SourceFacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The catalog relations that clients may read, by name.
///
/// @param relations by `schema.name`
/// @param types names of the types of `pg_catalog`
public record SystemCatalog(Map<String, SystemRelation> relations, Set<String> types) {
  public SystemCatalog {
    relations = Map.copyOf(relations);
    types = Set.copyOf(types);
  }

  /// The catalog of a source, by the rules of this package over the columns it has.
  public static SystemCatalog of(SourceFacts facts) {
    return new SystemCatalog(
        RelationRules.relations(facts),
        facts.types().values().stream()
            .filter(type -> type.schema().equals("pg_catalog"))
            .map(SourceFacts.Type::name)
            .collect(Collectors.toSet()));
  }

  /// Empty when clients may not know of it.
  public Optional<SystemRelation> relation(String schema, String name) {
    return Optional.ofNullable(relations.get(schema + "." + name));
  }
}
