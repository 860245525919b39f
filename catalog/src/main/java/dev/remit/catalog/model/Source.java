package dev.remit.catalog.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One registered PostgreSQL source as last scanned.
///
/// @param relations by OID
/// @param epoch the catalog's epoch when this source last changed
/// @param schemas schemas the source's role may use, system schemas left out, by name
/// @param types types outside `pg_catalog` by OID: enums, domains, composites, ranges, those of
///   extensions such as citext, and their arrays; row types of tables left out
public record Source(
    SourceName name,
    State state,
    Map<Long, Relation> relations,
    long epoch,
    List<String> schemas,
    Map<Long, UserType> types) {
  public Source {
    relations = Map.copyOf(relations);
    schemas = List.copyOf(schemas);
    types = Map.copyOf(types);
  }

  /// A source of which only relations are known.
  public Source(SourceName name, State state, Map<Long, Relation> relations, long epoch) {
    this(name, state, relations, epoch, List.of(), Map.of());
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

  /// A type that PostgreSQL does not bring along.
  ///
  /// @param kind `pg_type.typtype`: `b` base, `c` composite, `d` domain, `e` enum, `r` range, `m`
  ///   multirange
  /// @param category `pg_type.typcategory`
  /// @param base the type under a domain
  /// @param element the element's type of an array
  /// @param labels of an enum, in its order
  public record UserType(
      long oid,
      String schema,
      String name,
      char kind,
      char category,
      OptionalLong base,
      OptionalLong element,
      List<String> labels) {
    public UserType {
      labels = List.copyOf(labels);
    }
  }

  /// The same source, changed at another epoch.
  public Source withEpoch(long newEpoch) {
    return new Source(name, state, relations, newEpoch, schemas, types);
  }

  /// The relation of exactly this schema and name.
  public Optional<Relation> relation(String schema, String relationName) {
    return relations.values().stream()
        .filter(
            relation -> relation.schema().equals(schema) && relation.name().equals(relationName))
        .findFirst();
  }

  /// The relations that people mean by `schema.table`, written plainly or with each part quoted as
  /// SQL does: one at most, unless names hold dots.
  public List<Relation> named(String written) {
    return relations.values().stream().filter(relation -> relation.isNamed(written)).toList();
  }
}
