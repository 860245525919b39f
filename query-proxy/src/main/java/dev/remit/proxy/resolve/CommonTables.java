package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.SetOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Resolves WITH lists.
///
/// Without RECURSIVE an item sees those before it; with it, all of them and itself, so that those
/// which an item refers to are resolved before it, wherever they stand. Reference: `parse_cte.c`.
final class CommonTables {
  private final QueryResolver queries;

  CommonTables(QueryResolver queries) {
    this.queries = queries;
  }

  /// Defines the items of the list in the scope.
  void define(Query query, Scope scope) {
    if (!query.recursive()) {
      query.with().forEach(item -> plain((CommonTable) item, scope));
      return;
    }
    Map<String, CommonTable> items = new HashMap<>();
    query
        .with()
        .forEach(item -> items.putIfAbsent(((CommonTable) item).name(), (CommonTable) item));
    Set<CommonTable> begun = new LinkedHashSet<>();
    Set<CommonTable> ended = new LinkedHashSet<>();
    query.with().forEach(item -> inOrder((CommonTable) item, items, begun, ended, scope));
  }

  private void inOrder(
      CommonTable item,
      Map<String, CommonTable> items,
      Set<CommonTable> begun,
      Set<CommonTable> ended,
      Scope scope) {
    if (ended.contains(item)) {
      return;
    }
    if (!begun.add(item)) {
      throw Refusal.at(
          item,
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "mutual recursion between WITH items is not implemented");
    }
    Set<String> names = references(item);
    boolean own = names.remove(item.name());
    for (String name : names) {
      @Nullable CommonTable other = items.get(name);
      if (other != null && other != item) {
        inOrder(other, items, begun, ended, scope);
      }
    }
    if (own) {
      recursive(item, scope);
    } else {
      plain(item, scope);
    }
    ended.add(item);
  }

  /// Names of one part in FROM clauses beneath.
  private static Set<String> references(CommonTable item) {
    Set<String> names = new LinkedHashSet<>();
    item.query()
        .accept(
            new SqlBasicVisitor<@Nullable Void>() {
              @Override
              public @Nullable Void visit(SqlCall call) {
                if (call instanceof FromItem.TableName table && table.name().isSimple()) {
                  names.add(table.name().getSimple());
                }
                return super.visit(call);
              }
            });
    return names;
  }

  private void plain(CommonTable item, Scope scope) {
    QueryResolver.Shape shape = queries.query(item.query(), scope);
    define(item, scope, shape.outputs(), shape.open(), new LinkedHashSet<>(shape.reaches()));
  }

  /// The first arm gives the columns; the second may refer to the whole.
  private void recursive(CommonTable item, Scope scope) {
    // Where a reference may not stand, PostgreSQL says so.
    scope.define(item.name(), new Scope.CommonTable(List.of(), true, Set.of()));
    Query whole = (Query) item.query();
    if (!(whole.body() instanceof SetOperation union) || union.kind() != SetOperation.Kind.UNION) {
      plain(item, scope);
      return;
    }
    int before = queries.usesSoFar();
    Scope inner = new Scope(scope);
    define(whole, inner);
    QueryResolver.Shape first = queries.arm(union.left(), inner);
    Set<TableUse> reaches = new LinkedHashSet<>(first.reaches());
    List<Scope.Column> outputs = QueryResolver.mixed(first.outputs(), reaches);
    define(item, scope, outputs, first.open(), reaches);
    reaches.addAll(queries.arm(union.right(), inner).reaches());
    reaches.addAll(queries.usesSince(before));
    whole.limit().ifPresent(limit -> queries.expressions().expression(limit, inner));
    whole.offset().ifPresent(offset -> queries.expressions().expression(offset, inner));
    if (!whole.orderBy().isEmpty() || !whole.locking().isEmpty()) {
      throw Refusal.notSupported(whole, "ORDER BY or FOR UPDATE in a recursive query");
    }
    define(item, scope, outputs, first.open(), reaches);
  }

  private static void define(
      CommonTable item,
      Scope scope,
      List<Scope.Column> outputs,
      boolean open,
      Set<TableUse> reaches) {
    List<Scope.Column> columns =
        new ArrayList<>(QueryResolver.renamed(outputs, item.columns(), item, open, reaches));
    BoundColumn added = new BoundColumn(Optional.empty(), 0, reaches);
    item.search().ifPresent(search -> columns.add(new Scope.Column(search.sequence(), added)));
    item.cycle()
        .ifPresent(cycle -> {
          columns.add(new Scope.Column(cycle.mark(), added));
          columns.add(new Scope.Column(cycle.path(), added));
        });
    scope.define(item.name(), new Scope.CommonTable(columns, open, reaches));
  }
}
