package dev.remit.catalog.scan;

import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source.UserType;
import java.util.List;
import java.util.Map;

/// What one look at a source found.
///
/// @param relations by OID; columns carry suggested tags after classification, none before
/// @param problems what could not be looked at, and what to do about it
public record ScannedStructure(
    List<String> schemas,
    List<UserType> types,
    Map<Long, Relation> relations,
    List<String> problems) {
  public ScannedStructure {
    schemas = List.copyOf(schemas);
    types = List.copyOf(types);
    relations = Map.copyOf(relations);
    problems = List.copyOf(problems);
  }
}
