package dev.remit.sql.model.text;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Text for PostgreSQL, and where its parts come from.
///
/// @param text the statement
/// @param origins ascending by place in the text; each says where the text from there on stood
public record WrittenSql(String text, List<Origin> origins) {
  public WrittenSql {
    origins = List.copyOf(origins);
  }

  /// From this place on, the text stems from that one.
  ///
  /// @param written 1-based character position in the written text
  /// @param original 1-based character position in the parsed text; 0 for what a rewriter added
  public record Origin(int written, int original) {}

  /// Where the statement's author wrote what PostgreSQL complains about.
  ///
  /// @param written 1-based character position in [#text], as in an error's `P` field
  /// @return position in the parsed text; empty where a rewriter's own text stands
  public OptionalInt original(int written) {
    int[] places = origins.stream().mapToInt(Origin::written).toArray();
    int found = Arrays.binarySearch(places, written);
    int index = found >= 0 ? found : -found - 2;
    if (index < 0 || origins.get(index).original() == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(origins.get(index).original());
  }
}
