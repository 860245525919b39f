package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// One item of ORDER BY: `x [ASC | DESC | USING op] [NULLS FIRST | LAST]`. Operand 0: the
/// expression.
public final class SortItem extends SyntaxNode {
  private final Direction direction;
  private final Nulls nulls;
  private final List<String> operator;

  /// What the text says about the direction.
  public enum Direction {
    UNSAID,
    ASC,
    DESC,
    /// By the operator named in the item.
    USING
  }

  /// What the text says about nulls.
  public enum Nulls {
    UNSAID,
    FIRST,
    LAST
  }

  /// @param operator schema parts and symbol of USING; empty otherwise
  public SortItem(
      SqlParserPos position,
      SqlNode expression,
      Direction direction,
      List<String> operator,
      Nulls nulls) {
    super(position, expression);
    this.direction = direction;
    this.nulls = nulls;
    this.operator = List.copyOf(operator);
  }

  @Override
  protected SortItem rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    SortItem copy = new SortItem(position, expression(), direction, operator, nulls);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public SqlNode expression() {
    return required(0);
  }

  public Direction direction() {
    return direction;
  }

  public Nulls nulls() {
    return nulls;
  }

  public List<String> operator() {
    return operator;
  }
}
