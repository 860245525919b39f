package dev.remit.catalog.scan;

import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Tag;
import java.util.List;

/// Suggests what a column holds.
///
/// Called once per column while scanning, on the scanning thread. A tag's reason never repeats a
/// sampled value.
@FunctionalInterface
public interface ColumnClassifier {

  /// @param comment empty when the column has none
  /// @param samples text forms of some non-null values, cut to a bound; empty where the relation is
  ///   not sampled
  List<Tag> classify(
      String schema,
      String table,
      String column,
      ColumnType type,
      String comment,
      List<String> samples);

  /// The categories its tags are from, known without being declared.
  default List<Category> taxonomy() {
    return List.of();
  }
}
