package dev.remit.proxy.govern;

import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.SqlExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Numbers the policy's values behind the client's parameters; equal values share a number.
///
/// Used by one statement on one thread.
public final class PolicyParameters {
  private final int clientParameters;
  private final Map<PolicyValue, Integer> numbers = new LinkedHashMap<>();

  public PolicyParameters(int clientParameters) {
    this.clientParameters = clientParameters;
  }

  /// The index (0-based) of the parameter that carries this value.
  public int bind(PolicyValue value) {
    return numbers.computeIfAbsent(value, absent -> clientParameters + numbers.size());
  }

  /// The expression with its own parameters replaced by the statement's. The tree given is left as
  /// it is: decisions are shared between statements.
  SqlNode bind(SqlExpression expression) {
    return bind(expression.tree(), expression.values());
  }

  SqlNode bind(SqlNode tree, List<PolicyValue> values) {
    return Objects.requireNonNull(
        tree.accept(
            new Unplaced() {
              @Override
              public SqlNode visit(SqlDynamicParam parameter) {
                return new SqlDynamicParam(
                    bind(values.get(parameter.getIndex())), SqlParserPos.ZERO);
              }
            }));
  }

  /// In the order of their numbers.
  public List<PolicyValue> values() {
    return new ArrayList<>(numbers.keySet());
  }
}
