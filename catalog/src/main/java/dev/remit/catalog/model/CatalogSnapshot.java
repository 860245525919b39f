package dev.remit.catalog.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything the catalog knows, at one moment. Immutable.
///
/// @param epoch grows with every change, within one process
/// @param categories the taxonomy, by dotted name: the built-in one, overruled by what is declared
public record CatalogSnapshot(
    long epoch,
    Map<SourceName, Source> sources,
    Map<PurposeCode, Purpose> purposes,
    Map<String, Category> categories) {
  public CatalogSnapshot {
    sources = Map.copyOf(sources);
    purposes = Map.copyOf(purposes);
    categories = Map.copyOf(categories);
  }

  /// A catalog whose taxonomy nobody declared: every tag means personal data.
  public CatalogSnapshot(
      long epoch, Map<SourceName, Source> sources, Map<PurposeCode, Purpose> purposes) {
    this(epoch, sources, purposes, Map.of());
  }

  /// One node of the dotted taxonomy.
  ///
  /// @param personal whether data tagged with it, or with anything below it that says nothing else,
  ///   is personal data
  public record Category(String name, boolean personal, String description) {}

  public Optional<Source> source(SourceName name) {
    return Optional.ofNullable(sources.get(name));
  }

  public Optional<Purpose> purpose(PurposeCode code) {
    return Optional.ofNullable(purposes.get(code));
  }

  /// Whether the column holds personal data: any of its tags is personal.
  public boolean isPersonal(Column column) {
    return column.tags().stream().anyMatch(tag -> isPersonal(tag.name()));
  }

  /// Whether the tag means personal data. The nearest declared category at or above it decides; a
  /// tag that no category covers is taken as personal.
  public boolean isPersonal(String tag) {
    String name = tag;
    while (true) {
      Category category = categories.get(name);
      if (category != null) {
        return category.personal();
      }
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        return true;
      }
      name = name.substring(0, dot);
    }
  }

  /// What nobody has said of this relation yet, for people to read: owner; and where it holds
  /// personal data, the subject key, retention, residency and the suggested tags that nobody
  /// confirmed or refused.
  public List<String> undeclared(Relation relation) {
    List<String> missing = new ArrayList<>();
    TableDeclaration declaration = relation.declaration();
    if (declaration.owner().isEmpty()) {
      missing.add("owner");
    }
    if (relation.columns().stream().anyMatch(this::isPersonal)) {
      if (declaration.subjectKey().isEmpty()) {
        missing.add("subject-key");
      }
      if (declaration.retention().isEmpty()) {
        missing.add("retention");
      }
      if (declaration.residency().isEmpty()) {
        missing.add("residency");
      }
    }
    for (Column column : relation.columns()) {
      List<String> unconfirmed =
          column.tags().stream().filter(tag -> !tag.declared()).map(Tag::name).toList();
      if (!unconfirmed.isEmpty()) {
        missing.add("tags of " + column.name() + ": " + String.join(", ", unconfirmed));
      }
    }
    return missing;
  }
}
