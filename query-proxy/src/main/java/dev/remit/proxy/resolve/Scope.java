package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The names in sight at one place of a query: FROM items and their columns, the WITH queries, and
/// everything of the enclosing queries.
///
/// Look-up order is PostgreSQL's: an unqualified name is a column of the nearest level that has
/// one, and only when no level has it, a whole row.
final class Scope {
  /// A FROM item. `open` when its columns are not known to us, as with some functions.
  record Item(
      String alias,
      Optional<String> schema,
      List<Column> columns,
      boolean open,
      Set<TableUse> reaches) {
    /// The relation of the system catalog that it is, by its full name.
    Optional<String> systemRelation() {
      return reaches.size() == 1
              && reaches.iterator().next().relation() instanceof VisibleRelation.OfSystem system
              && columns.stream().noneMatch(column -> column.bound().origin().isEmpty())
          ? Optional.of(system.relation().schema() + "." + system.relation().name())
          : Optional.empty();
    }
  }

  /// A column in sight.
  record Column(String name, BoundColumn bound) {}

  /// A query of a WITH clause. `outputs` may grow until its own resolution ends.
  record CommonTable(List<Column> columns, boolean open, Set<TableUse> reaches) {}

  private final @Nullable Scope outer;
  private final List<Item> items = new ArrayList<>();
  private List<Column> columns = new ArrayList<>();
  private final Map<String, CommonTable> commonTables = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void define(String name, CommonTable table) {
    commonTables.put(name, table);
  }

  @Nullable CommonTable commonTable(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      @Nullable CommonTable found = scope.commonTables.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Brings the items of a FROM clause into sight.
  void show(FromShape from) {
    items.addAll(from.items());
    columns.addAll(from.columns());
  }

  List<Column> columns() {
    return columns;
  }

  boolean hasOpenItem() {
    return items.stream().anyMatch(Item::open);
  }

  /// An identifier of one part: column first, then whole row.
  BoundColumn simple(String name, SqlIdentifier at) {
    @Nullable BoundColumn column = inputColumn(name, at);
    if (column != null) {
      return column;
    }
    Set<TableUse> open = new LinkedHashSet<>();
    boolean anyOpen = false;
    for (Scope scope = this; scope != null; scope = scope.outer) {
      for (Item item : scope.items) {
        if (item.alias().equals(name)) {
          return wholeRow(item);
        }
        if (item.open()) {
          anyOpen = true;
          open.addAll(item.reaches());
        }
      }
    }
    if (anyOpen) {
      return new BoundColumn(Optional.empty(), 0, open);
    }
    throw Refusal.at(at, ErrorCode.UNKNOWN_COLUMN, "column \"" + name + "\" does not exist");
  }

  /// The column of this name at this level only.
  Optional<Column> localColumn(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /// The column of this name in the nearest level that has one, or null.
  @Nullable BoundColumn inputColumn(String name, SqlIdentifier at) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      @Nullable Column found = null;
      for (Column column : scope.columns) {
        if (column.name().equals(name)) {
          if (found != null) {
            throw Refusal.at(
                at, ErrorCode.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous");
          }
          found = column;
        }
      }
      if (found != null) {
        noteRead(found.bound());
        return found.bound();
      }
    }
    return null;
  }

  /// An identifier `item.column`.
  BoundColumn qualified(Item item, String name, SqlIdentifier at) {
    for (Column column : item.columns()) {
      if (column.name().equals(name)) {
        noteRead(column.bound());
        return column.bound();
      }
    }
    if (item.open()) {
      return new BoundColumn(Optional.empty(), 0, item.reaches());
    }
    throw Refusal.at(
        at, ErrorCode.UNKNOWN_COLUMN, "column " + item.alias() + "." + name + " does not exist");
  }

  /// The FROM item of this name at the nearest level, or null. With a schema only a relation named
  /// without alias matches.
  @Nullable Item item(Optional<String> schema, String name, SqlParserPos at) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      @Nullable Item found = null;
      for (Item item : scope.items) {
        boolean matches =
            item.alias().equals(name) && (schema.isEmpty() || schema.equals(item.schema()));
        if (matches && found != null) {
          throw Refusal.at(
              at, ErrorCode.DUPLICATE_ALIAS, "table reference \"" + name + "\" is ambiguous");
        }
        if (matches) {
          found = item;
        }
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Whether the item is of this level, not of an enclosing query.
  @SuppressWarnings("ReferenceEquality")
  boolean holds(Item item) {
    return items.stream().anyMatch(own -> own == item);
  }

  /// All columns of an item are read: `t`, `t.*`.
  static BoundColumn wholeRow(Item item) {
    item.columns().forEach(column -> noteRead(column.bound()));
    return new BoundColumn(Optional.empty(), 0, item.reaches());
  }

  static void noteRead(BoundColumn bound) {
    bound.origin().ifPresent(origin -> origin.table().read(origin.column().name()));
  }
}
