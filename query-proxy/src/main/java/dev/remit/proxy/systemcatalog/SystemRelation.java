package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SystemColumn;
import java.util.List;
import java.util.Set;

/// A catalog relation as clients see it.
///
/// @param plain columns of the one relation that is read, shown as they are: a condition on them
///   may stand inside
/// @param alias name of that relation inside; empty when there is none
/// @param columns in the order of the source's own relation
/// @param sql the governed query, one result column per entry of `columns`; its parameters are
///   those of [VisibleObjects#values]
public record SystemRelation(
    String schema,
    String name,
    List<SystemColumn> columns,
    Set<String> plain,
    String alias,
    String sql) {
  /// Ends every `sql`, after the conditions in parentheses.
  static final String FENCE = " OFFSET 0";

  public SystemRelation {
    columns = List.copyOf(columns);
    plain = Set.copyOf(plain);
  }

  /// The governed query with one more condition inside its fence.
  ///
  /// @param condition on columns of `plain` and on names of enclosing queries
  String sqlWhere(String condition) {
    return sql.substring(0, sql.length() - FENCE.length()) + " AND " + condition + FENCE;
  }
}
