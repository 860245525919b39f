package dev.remit.proxy.resolve;

import dev.remit.sql.model.Select;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// What the names of one query mean.
///
/// @param query the tree; uses are replaced in place
/// @param uses every mention of a relation, in the order of the text
/// @param columns by identifier, compared by identity
/// @param joined pairs of columns that USING and NATURAL equate
/// @param types of expressions
/// @param attributes names after a dot that may be no columns, as far as we know the item before it
/// @param outer qualified names, compared by identity, of columns of an enclosing query
/// @param selects every SELECT with the ORDER BY that stands after it, outer ones first
public record Resolution(
    SqlNode query,
    List<TableUse> uses,
    Map<SqlIdentifier, BoundColumn> columns,
    List<Condition> conditions,
    List<JoinedColumns> joined,
    List<OrderedSelect> selects,
    ValueTypes types,
    List<SqlIdentifier> attributes,
    Set<SqlIdentifier> outer) {

  /// A SELECT and the sort items read in its scope.
  public record OrderedSelect(Select select, SqlNodeList orderBy) {}

  /// What an identifier in an expression stands for.
  ///
  /// @param reaches the uses that its values come from
  public record BoundColumn(Optional<ColumnOrigin> origin, long typeOid, Set<TableUse> reaches) {}

  /// One column pair that `USING` or `NATURAL` compares with `=`.
  public record JoinedColumns(
      Optional<ColumnOrigin> left,
      Optional<ColumnOrigin> right,
      Set<TableUse> reaches,
      Set<TableUse> copyable) {}

  static <K, V> Map<K, V> byIdentity() {
    return new IdentityHashMap<>();
  }
}
