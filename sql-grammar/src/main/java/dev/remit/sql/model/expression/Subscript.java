package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `a[i]`, `a[i:j]`, `a[i:]`, `a[:]`. Operands: 0 the array or jsonb · 1 index or lower bound · 2
/// upper bound.
public final class Subscript extends SyntaxNode {
  private final boolean slice;

  public Subscript(
      SqlParserPos position,
      SqlNode value,
      boolean slice,
      @Nullable SqlNode lower,
      @Nullable SqlNode upper) {
    super(position, value, lower, upper);
    this.slice = slice;
  }

  @Override
  protected Subscript rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Subscript copy = new Subscript(position, value(), slice, operands.get(1), operands.get(2));
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public SqlNode value() {
    return required(0);
  }

  /// With a colon.
  public boolean slice() {
    return slice;
  }

  /// The index, or a slice's lower bound.
  public Optional<SqlNode> lower() {
    return Optional.ofNullable(optional(1));
  }

  public Optional<SqlNode> upper() {
    return Optional.ofNullable(optional(2));
  }
}
