package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `x COLLATE name`. Operand 0: the value.
public final class Collation extends SyntaxNode {
  private final SqlIdentifier name;

  public Collation(SqlParserPos position, SqlNode value, SqlIdentifier name) {
    super(position, value);
    this.name = name;
  }

  @Override
  protected Collation rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Collation copy = new Collation(position, value(), name);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public SqlNode value() {
    return required(0);
  }

  /// One or two parts.
  public SqlIdentifier name() {
    return name;
  }
}
