package dev.remit.proxy.verify;

import dev.remit.policy.model.PolicyValue;
import dev.remit.sql.PostgresSql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// One text for one meaning, whatever number a value's parameter has: by it, an expression of the
/// emitted statement is compared with the decision's.
///
/// One instance serves one statement: its texts name equal values by one number, so that the lists
/// of what is visible are not written out.
final class Canonical {
  private final Map<PolicyValue, Integer> numbers = new HashMap<>();

  /// @param first index of the parameter that carries `values[0]`
  String text(SqlNode node, int first, List<PolicyValue> values) {
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
                    int number =
                        numbers.computeIfAbsent(values.get(index), absent -> numbers.size());
                    return new SqlIdentifier(
                        List.of("policy value", Integer.toString(number)), SqlParserPos.ZERO);
                  }
                }));
    return PostgresSql.write(named);
  }
}
