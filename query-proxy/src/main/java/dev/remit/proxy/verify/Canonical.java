package dev.remit.proxy.verify;

import dev.remit.policy.model.PolicyValue;
import dev.remit.sql.PostgresSql;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// One text for one meaning, whatever number a value's parameter has: by it, an expression of the
/// emitted statement is compared with the decision's.
final class Canonical {
  private Canonical() {}

  /// @param first index of the parameter that carries `values[0]`
  static String text(SqlNode node, int first, List<PolicyValue> values) {
    SqlNode named =
        Objects.requireNonNull(
            node.accept(
                new SqlShuttle() {
                  @Override
                  public SqlNode visit(SqlDynamicParam parameter) {
                    int index = parameter.getIndex() - first;
                    if (index < 0 || index >= values.size()) {
                      return parameter;
                    }
                    PolicyValue value = values.get(index);
                    return new SqlIdentifier(
                        List.of("policy value", value.type(), value.text()), SqlParserPos.ZERO);
                  }
                }));
    return PostgresSql.write(named);
  }
}
