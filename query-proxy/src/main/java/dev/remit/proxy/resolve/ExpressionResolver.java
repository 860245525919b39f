package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.TypeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// Binds the column references of expressions, in every position, and follows subqueries into their
/// own scope.
final class ExpressionResolver {
  private static final Set<String> SYSTEM_COLUMNS = Set.of("xmin", "tableoid");

  private final QueryResolver queries;

  ExpressionResolver(QueryResolver queries) {
    this.queries = queries;
  }

  void expression(SqlNode node, Scope scope) {
    if (node instanceof Query) {
      queries.query(node, scope);
    } else if (node instanceof SqlIdentifier identifier) {
      queries.bind(identifier, column(identifier, scope));
    } else if (node instanceof SqlNodeList list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, shown(list.get(i), scope));
        expression(list.get(i), scope);
      }
    } else if (node instanceof SqlCall call) {
      for (int i = 0; i < call.operandCount(); i++) {
        @Nullable SqlNode operand = call.getOperandList().get(i);
        if (operand != null) {
          SqlNode shown = shown(operand, scope);
          if (shown != operand) {
            call.setOperand(i, shown);
          }
          expression(shown, scope);
        }
      }
    }
  }

  /// Two system columns of catalog relations, by which tools tell whether an object has changed and
  /// in which catalog it stands: for `xmin` the version of frozen rows, for `tableoid` the
  /// catalog's own OID. Elsewhere they do not exist, and no value is of type xid: age(xid) tells of
  /// the source.
  static SqlNode shown(SqlNode node, Scope scope) {
    if (!(node instanceof SqlIdentifier name)
        || name.names.size() != 2
        || !SYSTEM_COLUMNS.contains(name.names.get(1))) {
      return node;
    }
    SqlParserPos position = name.getParserPosition();
    Scope.@Nullable Item item = scope.item(Optional.empty(), name.names.get(0), position);
    Optional<String> relation = item == null ? Optional.empty() : item.systemRelation();
    if (relation.isEmpty()) {
      return node;
    }
    return name.names.get(1).equals("xmin")
        ? constant("2", "int8", position)
        : constant(relation.get(), "regclass", position);
  }

  private static Cast constant(String text, String type, SqlParserPos position) {
    return new Cast(
        position, SqlLiteral.createCharString(text, position), TypeName.of("pg_catalog", type));
  }

  private BoundColumn column(SqlIdentifier identifier, Scope scope) {
    if (identifier.isStar()) {
      return star(identifier, scope);
    }
    int parts = identifier.names.size();
    if (parts == 1) {
      return scope.simple(identifier.getSimple(), identifier);
    }
    if (parts == 2) {
      return qualified(identifier, Optional.empty(), scope);
    }
    if (parts == 3) {
      return qualified(identifier, Optional.of(identifier.names.get(0)), scope);
    }
    throw Refusal.notSupported(identifier, "a column name of " + parts + " parts");
  }

  private BoundColumn qualified(SqlIdentifier identifier, Optional<String> schema, Scope scope) {
    int parts = identifier.names.size();
    String table = identifier.names.get(parts - 2);
    String name = identifier.names.get(parts - 1);
    Scope.Item item = item(identifier, schema, table, scope);
    BoundColumn column = scope.qualified(item, name, identifier);
    if (!scope.holds(item)) {
      queries.outer(identifier);
    }
    if (item.open()) {
      queries.attribute(identifier);
    }
    if (schema.isPresent()) {
      // The governed table has an alias only.
      identifier.setNames(
          List.of(table, name),
          List.of(
              identifier.getComponentParserPosition(1), identifier.getComponentParserPosition(2)));
    }
    return column;
  }

  private Scope.Item item(
      SqlIdentifier identifier, Optional<String> schema, String table, Scope scope) {
    Scope.@Nullable Item item = scope.item(schema, table, identifier.getParserPosition());
    if (item == null) {
      throw Refusal.at(
          identifier,
          ErrorCode.UNKNOWN_TABLE,
          "missing FROM-clause entry for table \"" + table + "\"");
    }
    return item;
  }

  /// `t.*` used as a value, for example in `count(t.*)`; a bare `*` as in `count(*)` reads nothing.
  private BoundColumn star(SqlIdentifier identifier, Scope scope) {
    if (identifier.names.size() == 1) {
      return new BoundColumn(Optional.empty(), 0, Set.of());
    }
    return Scope.wholeRow(starItem(identifier, scope));
  }

  /// The item before `.*`.
  Scope.Item starItem(SqlIdentifier star, Scope scope) {
    int parts = star.names.size();
    String table = star.names.get(parts - 2);
    if (parts == 2) {
      return item(star, Optional.empty(), table, scope);
    }
    if (parts == 3) {
      Scope.Item item = item(star, Optional.of(star.names.get(0)), table, scope);
      star.setNames(
          List.of(table, ""),
          List.of(star.getComponentParserPosition(1), star.getComponentParserPosition(2)));
      return item;
    }
    throw Refusal.notSupported(star, "a name of " + parts + " parts");
  }

  /// Every use that values of this resolved expression may come from, those of subqueries excepted:
  /// their uses are collected by whoever resolves them.
  Set<TableUse> reaches(SqlNode expression) {
    Set<TableUse> reaches = new LinkedHashSet<>();
    expression.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            @Nullable BoundColumn bound = queries.bound(identifier);
            if (bound != null) {
              reaches.addAll(bound.reaches());
            }
            return null;
          }
        });
    return reaches;
  }
}
