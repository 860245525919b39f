package dev.remit.sql.model;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `VALUES (…), (…)`. Operand 0: a list with one `SqlNodeList` of expressions for each row.
public final class ValuesRows extends SyntaxNode implements QueryBody {

  public ValuesRows(SqlParserPos position, SqlNodeList rows) {
    super(position, rows);
  }

  @Override
  protected ValuesRows rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    ValuesRows copy = new ValuesRows(position, rows());
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.VALUES;
  }

  /// Each element is an `SqlNodeList`.
  public SqlNodeList rows() {
    return list(0);
  }
}
