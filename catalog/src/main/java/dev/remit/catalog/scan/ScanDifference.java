package dev.remit.catalog.scan;

import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.CatalogChanges.Kind;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a second look found to be different, by OID and attribute number: renaming is a change, not
/// a removal with an addition.
///
/// @param before relations of the earlier look, by OID
/// @param after relations of this look, by OID
public record ScanDifference(Map<Long, Relation> before, Map<Long, Relation> after) {

  /// The difference in words, relations by name.
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (Relation now : sorted(after)) {
      Relation old = before.get(now.oid());
      if (old == null) {
        changes.add(
            new Change(Kind.ADDED, subject(now), now.columns().size() + " columns" + tagged(now)));
      } else {
        compare(old, now, changes);
      }
    }
    for (Relation old : sorted(before)) {
      if (!after.containsKey(old.oid())) {
        changes.add(
            new Change(Kind.REMOVED, subject(old), "what was declared of it is gone with it"));
      }
    }
    return changes;
  }

  private static List<Relation> sorted(Map<Long, Relation> relations) {
    return relations.values().stream()
        .sorted(Comparator.comparing(Relation::schema).thenComparing(Relation::name))
        .toList();
  }

  private static void compare(Relation old, Relation now, List<Change> changes) {
    if (!old.qualifiedName().equals(now.qualifiedName())) {
      changes.add(new Change(Kind.CHANGED, subject(now), "was named " + old.qualifiedName()));
    }
    if (old.kind() != now.kind()) {
      changes.add(new Change(Kind.CHANGED, subject(now), old.kind() + " -> " + now.kind()));
    }
    if (!old.viewDefinition().equals(now.viewDefinition())) {
      changes.add(new Change(Kind.CHANGED, subject(now), "another definition"));
    }
    if (!old.partitionOf().equals(now.partitionOf())) {
      changes.add(new Change(Kind.CHANGED, subject(now), "another parent"));
    }
    if (!old.primaryKey().equals(now.primaryKey()) || !old.references().equals(now.references())) {
      changes.add(new Change(Kind.CHANGED, subject(now), "other keys or references"));
    }
    for (Column column : now.columns()) {
      compare(now, old.column(column.number()), column, changes);
    }
    for (Column column : old.columns()) {
      if (now.column(column.number()).isEmpty()) {
        changes.add(new Change(Kind.REMOVED, subject(old, column), column.type().formatted()));
      }
    }
  }

  private static void compare(
      Relation relation, Optional<Column> old, Column now, List<Change> changes) {
    String type = now.type().formatted();
    if (old.isEmpty()) {
      changes.add(new Change(Kind.ADDED, subject(relation, now), type + tagged(now)));
      return;
    }
    if (!old.get().name().equals(now.name())) {
      changes.add(
          new Change(
              Kind.CHANGED,
              subject(relation, now),
              "was named " + old.get().name() + "; its tags stay with it"));
    }
    if (!old.get().type().equals(now.type())) {
      changes.add(
          new Change(
              Kind.CHANGED, subject(relation, now), old.get().type().formatted() + " -> " + type));
    }
    List<String> known = old.get().tags().stream().map(Tag::name).toList();
    List<String> suggested =
        now.tags().stream().map(Tag::name).filter(tag -> !known.contains(tag)).toList();
    if (!suggested.isEmpty()) {
      changes.add(
          new Change(
              Kind.CHANGED, subject(relation, now), "suggested " + String.join(", ", suggested)));
    }
  }

  private static String subject(Relation relation) {
    return "table " + relation.qualifiedName();
  }

  private static String subject(Relation relation, Column column) {
    return "column " + relation.qualifiedName() + "." + column.name();
  }

  private static String tagged(Relation relation) {
    long count = relation.columns().stream().filter(column -> !column.tags().isEmpty()).count();
    return count == 0 ? "" : ", tags suggested for " + count;
  }

  private static String tagged(Column column) {
    return column.tags().isEmpty()
        ? ""
        : ", suggested " + String.join(", ", column.tags().stream().map(Tag::name).toList());
  }
}
