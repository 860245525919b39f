package dev.remit.catalog.declare;

import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.SourceName;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The catalog's part of one governance file. What it names is replaced, what it does not name
/// stays as it is.
///
/// @param source whose tables are meant; present when there are tables
/// @param tables by the name written in the document, `schema.table`
public record CatalogDocument(
    Optional<SourceName> source,
    List<Category> categories,
    List<Purpose> purposes,
    Map<String, TableEntry> tables) {

  /// All that is declared of one table.
  record TableEntry(
      Optional<String> owner,
      List<String> subjectKey,
      Optional<String> residencyColumn,
      Optional<RetentionEntry> retention,
      Map<String, ColumnEntry> columns) {}

  /// Rows are kept for a period from the value of `column` on.
  record RetentionEntry(String column, Period keep, ZoneId zone) {}

  /// @param tags declared, beside those suggested
  /// @param replaces suggested tags that are wrong
  /// @param none whether every suggestion is wrong
  record ColumnEntry(List<String> tags, List<String> replaces, boolean none) {}
}
