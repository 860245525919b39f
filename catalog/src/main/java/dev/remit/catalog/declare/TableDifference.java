package dev.remit.catalog.declare;

import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.CatalogChanges.Kind;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.store.DeclaredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The difference of two declarations of one table, in words.
record TableDifference(Relation relation, DeclaredTable old, DeclaredTable now) {

  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    String table = "table " + relation.qualifiedName();
    compare(changes, table, "owner", old.owner().orElse(""), now.owner().orElse(""));
    compare(changes, table, "subject key", names(old.subjectKey()), names(now.subjectKey()));
    compare(changes, table, "residency by column", residency(old), residency(now));
    compare(changes, table, "retention", retention(old), retention(now));
    for (Column column : relation.columns()) {
      String subject = "column " + relation.qualifiedName() + "." + column.name();
      compare(changes, subject, "tags", tags(old.tags(), column), tags(now.tags(), column));
      compare(
          changes,
          subject,
          "not tagged",
          tags(old.rejected(), column),
          tags(now.rejected(), column));
    }
    return changes;
  }

  private static void compare(
      List<Change> changes, String subject, String what, String before, String after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isEmpty()) {
      changes.add(new Change(Kind.ADDED, subject, what + " " + after));
    } else if (after.isEmpty()) {
      changes.add(new Change(Kind.REMOVED, subject, what + " " + before));
    } else {
      changes.add(new Change(Kind.CHANGED, subject, what + " " + before + " -> " + after));
    }
  }

  private String names(List<Integer> numbers) {
    return String.join(", ", numbers.stream().map(this::name).toList());
  }

  private String residency(DeclaredTable table) {
    return table.residencyColumn().isPresent() ? name(table.residencyColumn().getAsInt()) : "";
  }

  private String retention(DeclaredTable table) {
    return table
        .retention()
        .map(kept -> kept.keep() + " from " + name(kept.column()) + ", clock of " + kept.zone())
        .orElse("");
  }

  private String name(int number) {
    return relation.column(number).map(Column::name).orElse("(column that is gone)");
  }

  private static String tags(Map<Integer, Set<String>> tags, Column column) {
    String list =
        String.join(", ", tags.getOrDefault(column.number(), Set.of()).stream().sorted().toList());
    return list.equals(DeclaredTable.EVERY) ? "as anything suggested" : list;
  }
}
