package dev.remit.catalog.store;

import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.CatalogChanges.Kind;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Who takes over what was declared of a name, when a scan finds new tables and columns under names
/// that were known before.
///
/// Policies go by table name. A table that was dropped and made again, or renamed away and
/// replaced, would meet the old policies without its old tags, and a mask that goes by tag would
/// fall off. So a *new* relation takes over the declared and suggested tags, owner, subject key,
/// residency and retention of the relation that had its name, and a *new* column the tags of the
/// column that had its name. What was there before keeps what it had, under whatever name: a swap
/// of names hands nothing over. Refused suggestions are not taken over; whoever refused them has
/// not seen the new column.
///
/// @param before the source at the last scan
/// @param after relations of this scan, by OID
public record Succession(StoredSource before, Map<Long, Relation> after) {
  /// Stands for a declared column that the new table does not have: no column has this number.
  private static final int GONE = -1;

  /// Scanned relations and declarations after the succession, and what was taken over.
  public record Result(
      Map<Long, Relation> relations, Map<Long, DeclaredTable> tables, List<Change> changes) {}

  public Result settle() {
    Map<Long, Relation> relations = new HashMap<>(after);
    Map<Long, DeclaredTable> tables = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    for (Relation now : after.values()) {
      Optional<Relation> same = Optional.ofNullable(before.relations().get(now.oid()));
      Optional<Relation> old = same.or(() -> named(now));
      if (old.isEmpty()) {
        continue;
      }
      DeclaredTable declared = before.tables().getOrDefault(old.get().oid(), DeclaredTable.NONE);
      relations.put(now.oid(), withSuggestions(old.get(), now, same.isPresent()));
      DeclaredTable settled = settled(declared, old.get(), now, same.isPresent());
      if (!settled.equals(before.tables().getOrDefault(now.oid(), DeclaredTable.NONE))) {
        tables.put(now.oid(), settled);
        changes.add(
            new Change(
                Kind.CHANGED,
                "table " + now.qualifiedName(),
                same.isPresent()
                    ? "new columns take over what was declared under their names"
                    : "takes over what was declared of the table that had its name"));
      }
    }
    return new Result(relations, tables, changes);
  }

  private Optional<Relation> named(Relation now) {
    return before.relations().values().stream()
        .filter(old -> old.qualifiedName().equals(now.qualifiedName()))
        .findFirst();
  }

  private static Relation withSuggestions(Relation old, Relation now, boolean same) {
    List<Column> columns = new ArrayList<>();
    for (Column column : now.columns()) {
      columns.add(
          predecessor(old, column, same)
              .map(earlier -> column.withTags(union(column, earlier)))
              .orElse(column));
    }
    return now.withColumns(columns);
  }

  private static List<Tag> union(Column column, Column earlier) {
    List<Tag> tags = new ArrayList<>(column.tags());
    earlier.tags().stream()
        .filter(tag -> tags.stream().noneMatch(known -> known.name().equals(tag.name())))
        .forEach(tags::add);
    return tags;
  }

  /// The column whose place this one takes: the same one, or for a new one that of its name.
  private static Optional<Column> predecessor(Relation old, Column column, boolean same) {
    Optional<Column> itself = same ? old.column(column.number()) : Optional.empty();
    return itself.or(() -> old.column(column.name()));
  }

  private static DeclaredTable settled(
      DeclaredTable declared, Relation old, Relation now, boolean same) {
    Map<Integer, Set<String>> tags = new HashMap<>();
    Map<Integer, Set<String>> rejected = new HashMap<>();
    for (Column column : now.columns()) {
      Set<String> taken = new TreeSet<>();
      predecessor(old, column, same)
          .map(earlier -> declared.tags().getOrDefault(earlier.number(), Set.of()))
          .ifPresent(taken::addAll);
      if (!taken.isEmpty()) {
        tags.put(column.number(), taken);
      }
      Set<String> refused = declared.rejected().getOrDefault(column.number(), Set.of());
      if (same && old.column(column.number()).isPresent() && !refused.isEmpty()) {
        rejected.put(column.number(), refused);
      }
    }
    return new DeclaredTable(
        declared.owner(),
        declared.subjectKey().stream().map(number -> successor(old, now, number, same)).toList(),
        declared.residencyColumn().isPresent()
            ? OptionalInt.of(successor(old, now, declared.residencyColumn().getAsInt(), same))
            : OptionalInt.empty(),
        declared
            .retention()
            .map(kept ->
                new DeclaredTable.KeptFor(
                    successor(old, now, kept.column(), same), kept.keep(), kept.zone())),
        tags,
        rejected);
  }

  private static int successor(Relation old, Relation now, int number, boolean same) {
    if (same && now.column(number).isPresent()) {
      return number;
    }
    return old.column(number)
        .flatMap(column -> now.column(column.name()))
        .map(Column::number)
        .orElse(same ? number : GONE);
  }
}
