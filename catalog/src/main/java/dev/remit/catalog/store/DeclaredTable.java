package dev.remit.catalog.store;

import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What people declared of one relation, by attribute number, so that it survives renaming.
///
/// @param tags declared tags by attribute number
/// @param rejected refused suggestions by attribute number; [#EVERY] refuses all of a column's
public record DeclaredTable(
    Optional<String> owner,
    List<Integer> subjectKey,
    OptionalInt residencyColumn,
    Optional<KeptFor> retention,
    Map<Integer, Set<String>> tags,
    Map<Integer, Set<String>> rejected) {
  public static final String EVERY = "*";

  public static final DeclaredTable NONE =
      new DeclaredTable(
          Optional.empty(), List.of(), OptionalInt.empty(), Optional.empty(), Map.of(), Map.of());

  public DeclaredTable {
    subjectKey = List.copyOf(subjectKey);
    tags = Map.copyOf(tags);
    rejected = Map.copyOf(rejected);
  }

  /// Retention by the attribute number of the column that holds the start of the period.
  public record KeptFor(int column, Period keep, ZoneId zone) {}
}
