package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `(x).field` and `(x).*`. Operand 0: the composite value.
public final class FieldAccess extends SyntaxNode {
  private final String field;

  /// @param field empty for the star
  public FieldAccess(SqlParserPos position, SqlNode value, String field) {
    super(position, value);
    this.field = field;
  }

  @Override
  protected FieldAccess rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    FieldAccess copy = new FieldAccess(position, value(), field);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public SqlNode value() {
    return required(0);
  }

  /// Empty for the star.
  public String field() {
    return field;
  }

  public boolean isStar() {
    return field.isEmpty();
  }
}
