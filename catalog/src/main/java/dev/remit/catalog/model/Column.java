package dev.remit.catalog.model;

import java.util.List;
import java.util.Optional;

/// One column, keyed by its attribute number so that a renamed column keeps its tags.
///
/// @param number `pg_attribute.attnum`, greater than 0
public record Column(
    int number,
    String name,
    ColumnType type,
    boolean nullable,
    boolean generated,
    Optional<String> comment,
    List<Tag> tags) {
  public Column {
    tags = List.copyOf(tags);
  }

  /// The same column with other tags.
  public Column withTags(List<Tag> newTags) {
    return new Column(number, name, type, nullable, generated, comment, newTags);
  }

  /// Whether any tag lies within the given part of the taxonomy.
  public boolean isTagged(String ancestor) {
    return tags.stream().anyMatch(tag -> tag.isWithin(ancestor));
  }
}
