package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/// What a FROM item or join offers: items for qualified names, columns for unqualified names and
/// `*`.
///
/// @param items in order
/// @param columns with the merged columns of USING and NATURAL first
/// @param uses the relations directly in it, not those of subqueries
record FromShape(List<Scope.Item> items, List<Scope.Column> columns, Set<TableUse> uses) {

  static final FromShape EMPTY = new FromShape(List.of(), List.of(), Set.of());

  /// The same with one more name for some of its columns.
  FromShape plus(Scope.Item item) {
    List<Scope.Item> more = new ArrayList<>(items);
    more.add(item);
    return new FromShape(more, columns, uses);
  }

  static FromShape of(Scope.Item item, Set<TableUse> uses) {
    return new FromShape(List.of(item), item.columns(), uses);
  }

  /// Both sides, side by side.
  FromShape beside(FromShape right, SqlNode at) {
    List<Scope.Column> all = new ArrayList<>(columns);
    all.addAll(right.columns);
    return with(right, all, at);
  }

  /// Both sides' items, with the given columns.
  FromShape with(FromShape right, List<Scope.Column> merged, SqlNode at) {
    List<Scope.Item> both = new ArrayList<>(items);
    both.addAll(right.items);
    Set<String> names = new HashSet<>();
    for (Scope.Item item : both) {
      if (!item.alias().isEmpty() && !names.add(item.alias())) {
        throw new RemitException(
            ErrorCode.DUPLICATE_ALIAS,
            "table name \"" + item.alias() + "\" specified more than once");
      }
    }
    Set<TableUse> together = new LinkedHashSet<>(uses);
    together.addAll(right.uses);
    return new FromShape(both, merged, together);
  }

  /// Whether some columns are not known.
  boolean isOpen() {
    return items.stream().anyMatch(Scope.Item::open);
  }

  /// Every use that a value of this FROM item may come from.
  Set<TableUse> reaches() {
    Set<TableUse> all = new LinkedHashSet<>();
    items.forEach(item -> all.addAll(item.reaches()));
    return all;
  }
}
