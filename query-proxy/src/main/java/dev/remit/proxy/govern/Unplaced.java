package dev.remit.proxy.govern;

import dev.remit.sql.model.SyntaxNode;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Copies a tree without its positions: those of policy texts and view definitions are no places in
/// the client's statement, and an error there must not seem to point into it.
class Unplaced extends SqlShuttle {

  static SqlNode copy(SqlNode tree) {
    return Objects.requireNonNull(tree.accept(new Unplaced()));
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    return new SqlIdentifier(identifier.names, SqlParserPos.ZERO);
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    return literal.clone(SqlParserPos.ZERO);
  }

  @Override
  public @Nullable SqlNode visit(SqlDynamicParam parameter) {
    return new SqlDynamicParam(parameter.getIndex(), SqlParserPos.ZERO);
  }

  @Override
  public @Nullable SqlNode visit(SqlNodeList list) {
    SqlNodeList copy = new SqlNodeList(SqlParserPos.ZERO);
    list.forEach(item -> copy.add(Objects.requireNonNull(item.accept(this))));
    return copy;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (!(call instanceof SyntaxNode)) {
      throw new IllegalStateException("not a node of our grammar: " + call.getClass());
    }
    @Nullable SqlNode[] operands = call.getOperandList().toArray(new SqlNode[0]);
    for (int i = 0; i < operands.length; i++) {
      @Nullable SqlNode operand = operands[i];
      operands[i] = operand == null ? null : operand.accept(this);
    }
    return call.getOperator().createCall(null, SqlParserPos.ZERO, operands);
  }
}
