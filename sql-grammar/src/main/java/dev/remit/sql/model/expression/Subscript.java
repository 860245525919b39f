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
  private final boolean apart;

  public Subscript(
      SqlParserPos position,
      SqlNode value,
      boolean slice,
      @Nullable SqlNode lower,
      @Nullable SqlNode upper) {
    this(position, value, slice, lower, upper, false);
  }

  /// @param apart whether the value stood in parentheses: `(a[1:2])[1]` takes an element of a
  ///   slice, `a[1:2][1]` a slice of two dimensions
  public Subscript(
      SqlParserPos position,
      SqlNode value,
      boolean slice,
      @Nullable SqlNode lower,
      @Nullable SqlNode upper,
      boolean apart) {
    super(position, value, lower, upper);
    this.slice = slice;
    this.apart = apart;
  }

  @Override
  protected Subscript rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Subscript copy =
        new Subscript(position, value(), slice, operands.get(1), operands.get(2), apart);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public SqlNode value() {
    return required(0);
  }

  /// Whether a subscript before this one is no part of the same chain.
  public boolean apart() {
    return apart;
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
