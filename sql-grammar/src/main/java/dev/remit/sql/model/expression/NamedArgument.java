package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `name => value` among a call's arguments. Operand 0: the value.
public final class NamedArgument extends SyntaxNode {
  private final String name;

  public NamedArgument(SqlParserPos position, String name, SqlNode value) {
    super(position, value);
    this.name = name;
  }

  @Override
  protected NamedArgument rebuilt(
      SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    NamedArgument copy = new NamedArgument(position, name, value());
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  public String name() {
    return name;
  }

  public SqlNode value() {
    return required(0);
  }
}
