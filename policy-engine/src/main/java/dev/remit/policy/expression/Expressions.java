package dev.remit.policy.expression;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.expression.Operand.Typed;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.SqlExpression;
import java.util.Map;

/// Makes filters and custom masks for one relation and one principal. Every refusal is an
/// `IllegalArgumentException` whose message says what to change.
public final class Expressions {
  private Expressions() {}

  /// Checks a filter for a relation without any principal.
  public static void checkFilter(PolicyText text, Relation relation) {
    condition(new SqlBuilder(), text, relation, Map.of(), true);
  }

  /// The filter for this principal; FALSE when she lacks an attribute it needs.
  public static SqlExpression filter(PolicyText text, Relation relation, Principal principal) {
    return filter(new SqlBuilder(), text, relation, principal);
  }

  /// The same with a builder of one's own.
  public static SqlExpression filter(
      SqlBuilder builder, PolicyText text, Relation relation, Principal principal) {
    if (!principal.attributes().keySet().containsAll(text.attributes())) {
      return builder.expression("FALSE");
    }
    return builder.expression(condition(builder, text, relation, principal.attributes(), false));
  }

  /// A custom mask of one column, cast to its type. Attributes are not allowed in masks: a missing
  /// one has no safe value there.
  public static SqlExpression mask(PolicyText text, Relation relation, Column column) {
    if (!text.attributes().isEmpty()) {
      throw new IllegalArgumentException("a mask may not use attributes; write a row filter");
    }
    SqlBuilder builder = new SqlBuilder();
    Typed model = ColumnText.of(column);
    Typed result = new ExpressionChecker(builder, relation, text, Map.of(), false).check(model);
    boolean numbers = model.type().isNumber() && result.type().isNumber();
    if (result.type() != model.type() && !numbers) {
      throw new IllegalArgumentException(
          "the mask's result is not of the column's type " + column.type().formatted());
    }
    if (result.longest() > ColumnText.longest(column.type())) {
      throw new IllegalArgumentException(
          "the mask's result may not fit into "
              + column.type().formatted()
              + " and would be cut; use left(…, n)");
    }
    return builder.expression(SqlBuilder.cast(result.sql(), column.type().formatted()));
  }

  private static String condition(
      SqlBuilder builder,
      PolicyText text,
      Relation relation,
      Map<String, String> attributes,
      boolean loading) {
    Typed result =
        new ExpressionChecker(builder, relation, text, attributes, loading)
            .check(new Typed("", TypeClass.BOOLEAN));
    if (result.type() != TypeClass.BOOLEAN) {
      throw new IllegalArgumentException("a row filter must be a condition");
    }
    return result.sql();
  }
}
