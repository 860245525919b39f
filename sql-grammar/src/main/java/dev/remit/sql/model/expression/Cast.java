package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `CAST(x AS type)`, `x::type` and typed literals such as `date '2026-01-01'`, which PostgreSQL
/// holds alike. Operands: 0 the value · 1 the [TypeName].
public final class Cast extends SyntaxNode {

  public Cast(SqlParserPos position, SqlNode value, SqlNode type) {
    super(position, value, type);
  }

  @Override
  protected Cast rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Cast copy = new Cast(position, value(), type());
    copy.setOperand(0, operands.get(0));
    copy.setOperand(1, operands.get(1));
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.CAST;
  }

  public SqlNode value() {
    return required(0);
  }

  public TypeName type() {
    return (TypeName) required(1);
  }
}
