package dev.remit.proxy.verify;

import dev.remit.policy.model.PolicyValue;
import dev.remit.proxy.source.SystemColumn;
import dev.remit.proxy.systemcatalog.SystemRelation;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.expression.Construct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;

/// A governed catalog relation as it may stand in the emitted statement: its own conditions first,
/// then any of the client's on columns that are shown as they are.
///
/// @param frame canonical text without the conditions
/// @param conditions canonical text of each conjunct
/// @param columns on which more conditions may follow, with their types
/// @param alias of the relation inside
record CatalogForm(String frame, List<String> conditions, Map<String, Long> columns, String alias) {

  /// @param values the parameters of the relation's text
  static CatalogForm of(SystemRelation relation, List<PolicyValue> values, Canonical canonical) {
    Query query = (Query) PostgresSql.parseStatement(relation.sql());
    Parts parts = Parts.of(query, node -> canonical.text(node, 0, values));
    Map<String, Long> plain = new HashMap<>();
    for (SystemColumn column : relation.columns()) {
      if (relation.plain().contains(column.name())) {
        plain.put(column.name(), column.typeOid());
      }
    }
    return new CatalogForm(parts.frame, parts.texts(), plain, relation.alias());
  }

  /// The conditions that the query has beyond the form's; empty when it is not of this form.
  Optional<List<SqlNode>> added(Parts query) {
    int own = conditions.size();
    return query.frame.equals(frame)
            && query.conjuncts.size() >= own
            && query.texts().subList(0, own).equals(conditions)
        ? Optional.of(query.conjuncts.subList(own, query.conjuncts.size()))
        : Optional.empty();
  }

  /// A query taken apart for comparison.
  record Parts(String frame, List<SqlNode> conjuncts, List<String> texts) {

    static Parts of(Query query, Function<SqlNode, String> canonical) {
      List<SqlNode> conjuncts = new ArrayList<>();
      if (!(query.body() instanceof Select select) || select.where().isEmpty()) {
        return new Parts(canonical.apply(query), conjuncts, List.of());
      }
      SqlNode where = select.where().get();
      flatten(where, conjuncts);
      select.setWhere(null);
      String frame = canonical.apply(query);
      select.setWhere(where);
      return new Parts(frame, conjuncts, conjuncts.stream().map(canonical).toList());
    }
  }

  /// The operands of nested AND.
  static void flatten(SqlNode condition, List<SqlNode> conjuncts) {
    if (condition instanceof Construct construct && construct.form() == Construct.Form.AND) {
      construct.getOperandList().forEach(operand -> flatten(operand, conjuncts));
    } else {
      conjuncts.add(condition);
    }
  }
}
