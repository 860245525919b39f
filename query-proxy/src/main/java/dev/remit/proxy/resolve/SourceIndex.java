package dev.remit.proxy.resolve;

import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The relations of one scan of a source, by name. Built once per scan.
public final class SourceIndex {
  private record Name(String schema, String relation) {}

  private final Source source;
  private final Map<Name, Relation> relations = new HashMap<>();

  public SourceIndex(Source source) {
    this.source = source;
    for (Relation relation : source.relations().values()) {
      relations.put(new Name(relation.schema(), relation.name()), relation);
    }
  }

  public Source source() {
    return source;
  }

  Optional<Relation> relation(String schema, String name) {
    return Optional.ofNullable(relations.get(new Name(schema, name)));
  }
}
