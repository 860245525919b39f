package dev.remit.sql.model;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW …`. `TABLE t` is read as `SELECT * FROM t`.
///
/// Operands: 0 DISTINCT ON expressions (list) · 1 targets (list) · 2 from-items (list) · 3 where ·
/// 4 group items (list) · 5 having · 6 windows (list).
public final class Select extends SyntaxNode implements QueryBody {
  private final Quantity quantity;
  private final boolean groupDistinct;

  /// Which of equal rows stay.
  public enum Quantity {
    ALL,
    DISTINCT,
    /// By the expressions of operand 0.
    DISTINCT_ON
  }

  /// @param targets list of [Target]; may be empty
  /// @param from list of [FromItem]; null without FROM
  /// @param groupBy list of expressions and of the grouping forms of [dev.remit.sql.model
  ///   .expression.Construct]; null without GROUP BY
  /// @param windows list of [dev.remit.sql.model.expression.WindowDefinition]
  public Select(
      SqlParserPos position,
      Quantity quantity,
      @Nullable SqlNodeList distinctOn,
      SqlNodeList targets,
      @Nullable SqlNodeList from,
      @Nullable SqlNode where,
      boolean groupDistinct,
      @Nullable SqlNodeList groupBy,
      @Nullable SqlNode having,
      @Nullable SqlNodeList windows) {
    super(position, distinctOn, targets, from, where, groupBy, having, windows);
    this.quantity = quantity;
    this.groupDistinct = groupDistinct;
  }

  @Override
  protected Select rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Select copy =
        new Select(
            position, quantity, null, targets(), null, null, groupDistinct, null, null, null);
    for (int i = 0; i < operands.size(); i++) {
      copy.setOperand(i, operands.get(i));
    }
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.SELECT;
  }

  public Quantity quantity() {
    return quantity;
  }

  public SqlNodeList distinctOn() {
    return list(0);
  }

  /// Each element is a [Target].
  public SqlNodeList targets() {
    return list(1);
  }

  /// Each element is a [FromItem].
  public SqlNodeList from() {
    return list(2);
  }

  public Optional<SqlNode> where() {
    return Optional.ofNullable(optional(3));
  }

  /// Puts this condition in the place of the one there is, if any.
  public void setWhere(@Nullable SqlNode where) {
    setOperand(3, where);
  }

  /// `GROUP BY DISTINCT`.
  public boolean groupDistinct() {
    return groupDistinct;
  }

  public SqlNodeList groupBy() {
    return list(4);
  }

  public Optional<SqlNode> having() {
    return Optional.ofNullable(optional(5));
  }

  /// Each element is a [dev.remit.sql.model.expression.WindowDefinition].
  public SqlNodeList windows() {
    return list(6);
  }
}
