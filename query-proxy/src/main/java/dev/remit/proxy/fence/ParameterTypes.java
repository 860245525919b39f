package dev.remit.proxy.fence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// The types of a statement's parameters, as far as they are certain: declared by the client, or
/// undeclared and used in one place only, which then gives the type.
public final class ParameterTypes {
  private final List<Long> declared;
  private final Map<Integer, Integer> uses = new HashMap<>();
  private int count;

  public ParameterTypes(SqlNode statement, List<Long> declared) {
    this.declared = declared;
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            uses.merge(parameter.getIndex(), 1, Integer::sum);
            count = Math.max(count, parameter.getIndex() + 1);
            return null;
          }
        });
  }

  /// The highest `$n` of the statement.
  public int count() {
    return count;
  }

  /// 0 = the place decides; empty = not certain.
  public OptionalLong type(SqlDynamicParam parameter) {
    int index = parameter.getIndex();
    long type = index < declared.size() ? declared.get(index) : 0;
    if (type != 0) {
      return OptionalLong.of(type);
    }
    return uses.getOrDefault(index, 0) == 1 ? OptionalLong.of(0) : OptionalLong.empty();
  }
}
