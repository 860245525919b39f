package dev.remit.policy.model;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/// A mask or filter as tree of our own grammar, over the raw columns of one table.
///
/// @param tree single-part identifiers are columns of the table (exact stored names); dynamic
///   parameter `i` (0-based) stands for `values[i]`; functions, types and operators are qualified
///   with `pg_catalog` or the column type's own schema
public record SqlExpression(SqlNode tree, List<PolicyValue> values) {
  public SqlExpression {
    values = List.copyOf(values);
  }
}
