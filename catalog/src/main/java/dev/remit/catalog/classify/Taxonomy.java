package dev.remit.catalog.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The default taxonomy with the names columns are given in several languages; see `taxonomy.yaml`
/// beside this class. Immutable.
final class Taxonomy {
  private static final int SHORTEST_COMPOUND_PART = 6;

  private final List<Category> categories = new ArrayList<>();
  private final Map<String, String> typesByTag = new HashMap<>();
  private final Map<String, Entry> entries = new HashMap<>();
  private final List<Entry> compoundParts = new ArrayList<>();

  /// A name that columns are given.
  ///
  /// @param joined without separators and accents
  /// @param weak whether it needs a table about people
  record Entry(String tag, String joined, String written, boolean weak) {}

  /// Reads the resource of the class path.
  Taxonomy() {
    try (InputStream resource =
        Objects.requireNonNull(Taxonomy.class.getResourceAsStream("taxonomy.yaml"))) {
      new YAMLMapper()
          .readTree(resource)
          .properties()
          .forEach(node -> read(node.getKey(), node.getValue()));
    } catch (IOException failure) {
      throw new UncheckedIOException("reading the default taxonomy", failure);
    }
  }

  private void read(String tag, JsonNode node) {
    categories.add(
        new Category(tag, node.get("personal").asBoolean(), node.get("description").asText()));
    typesByTag.put(tag, node.get("types").asText());
    node.path("names").forEach(name -> enter(tag, name.asText(), false));
    node.path("weak").forEach(name -> enter(tag, name.asText(), true));
  }

  private void enter(String tag, String name, boolean weak) {
    Entry entry = new Entry(tag, String.join("", Words.of(name)), name, weak);
    Entry former = entries.put(entry.joined(), entry);
    if (former != null && !former.tag().equals(tag)) {
      throw new IllegalStateException(
          "'" + name + "' means both " + former.tag() + " and " + tag + " in the taxonomy");
    }
    if (!weak && entry.joined().length() >= SHORTEST_COMPOUND_PART) {
      compoundParts.add(entry);
    }
  }

  /// The categories in the order of the file.
  List<Category> categories() {
    return List.copyOf(categories);
  }

  /// What columns of exactly this name hold.
  Optional<Entry> named(String joined) {
    return Optional.ofNullable(entries.get(joined));
  }

  /// The longest name that a compound ends or begins with, as in `kundentelefonnummer`.
  Optional<Entry> partOf(String compound) {
    return compoundParts.stream()
        .filter(entry -> compound.length() > entry.joined().length() + 1)
        .filter(entry -> compound.endsWith(entry.joined()) || compound.startsWith(entry.joined()))
        .max(java.util.Comparator.comparingInt(entry -> entry.joined().length()));
  }

  /// Whether data of this tag can stand in a column of this PostgreSQL type category.
  boolean fits(String tag, char typeCategory) {
    return Objects.requireNonNull(typesByTag.get(tag), tag).indexOf(typeCategory) >= 0;
  }
}
