package dev.remit.catalog.store;

import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source.UserType;
import dev.remit.catalog.model.SourceName;
import java.util.List;
import java.util.Map;

/// One source as the store holds it.
///
/// @param scanNumber 0 before the first scan
/// @param relations by OID, columns carry suggested tags only
/// @param tables declarations by OID of the relation
public record StoredSource(
    SourceName name,
    long scanNumber,
    List<String> schemas,
    List<UserType> types,
    Map<Long, Relation> relations,
    Map<Long, DeclaredTable> tables) {
  public StoredSource {
    schemas = List.copyOf(schemas);
    types = List.copyOf(types);
    relations = Map.copyOf(relations);
    tables = Map.copyOf(tables);
  }

  /// The same source with other declarations.
  public StoredSource withTables(Map<Long, DeclaredTable> newTables) {
    return new StoredSource(name, scanNumber, schemas, types, relations, newTables);
  }
}
