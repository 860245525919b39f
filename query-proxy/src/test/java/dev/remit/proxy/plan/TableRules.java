package dev.remit.proxy.plan;

import dev.remit.catalog.model.Column;
import dev.remit.platform.error.ErrorCode;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.Determination;
import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.policy.model.TableRequest;
import dev.remit.sql.PostgresSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A decider written by hand: per table, which columns are hidden or masked and which rows are
/// left. A table without rule is denied.
final class TableRules implements Function<TableRequest, TableDecision> {
  private final Map<String, Rule> rules = new HashMap<>();

  /// Set to see what a broken decider does.
  boolean failing;

  /// What holds for one table.
  static final class Rule {
    private final Set<String> hidden = new LinkedHashSet<>();
    private final Set<String> personal = new LinkedHashSet<>();
    private final Map<String, SqlExpression> masks = new LinkedHashMap<>();
    private final List<SqlExpression> filters = new ArrayList<>();

    Rule hide(String... columns) {
      hidden.addAll(List.of(columns));
      return this;
    }

    Rule personal(String... columns) {
      personal.addAll(List.of(columns));
      return this;
    }

    Rule mask(String column, String expression, PolicyValue... values) {
      masks.put(
          column, new SqlExpression(PostgresSql.parseExpression(expression), List.of(values)));
      return this;
    }

    Rule filter(String expression, PolicyValue... values) {
      filters.add(new SqlExpression(PostgresSql.parseExpression(expression), List.of(values)));
      return this;
    }

    Map<String, SqlExpression> masks() {
      return masks;
    }
  }

  /// Allows a table; the returned rule narrows it.
  Rule allow(String qualifiedName) {
    return rules.computeIfAbsent(qualifiedName, absent -> new Rule());
  }

  @Override
  public TableDecision apply(TableRequest request) {
    if (failing) {
      throw new IllegalStateException("the decider is broken");
    }
    Rule rule = rules.get(request.relation().qualifiedName());
    if (rule == null) {
      return new TableDecision.Deny(
          ErrorCode.UNKNOWN_TABLE,
          "no policy",
          List.of(new Determination(-1, "", "no policy allows it")));
    }
    List<ColumnDecision> columns = new ArrayList<>();
    for (Column column : request.relation().columns()) {
      if (!rule.hidden.contains(column.name())) {
        columns.add(
            new ColumnDecision(
                column,
                Optional.ofNullable(rule.masks.get(column.name())),
                rule.masks.containsKey(column.name()) ? "test" : "",
                rule.personal.contains(column.name())));
      }
    }
    return new TableDecision.Allow(
        columns, rule.filters, List.of(new Determination(7, "rule", "allow")));
  }
}
