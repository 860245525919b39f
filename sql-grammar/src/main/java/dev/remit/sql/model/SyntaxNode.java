package dev.remit.sql.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A node of PostgreSQL's language that Calcite has no class for: a call whose operands can be
/// visited, replaced and rebuilt by Calcite's visitors and shuttles.
///
/// Operands are expressions, queries, from-items and lists of them. Names that are not column
/// references (tables, functions, types, aliases) are attributes, not operands: every
/// `SqlIdentifier` that a visitor meets is a column reference or a star.
///
/// Positions have line 1; the column is the 1-based character position in the statement.
public abstract class SyntaxNode extends SqlCall {
  private final @Nullable SqlNode[] operands;

  protected SyntaxNode(SqlParserPos position, @Nullable SqlNode... operands) {
    super(position);
    this.operands = operands.clone();
  }

  /// The same node with other operands.
  ///
  /// @param operands as many as [#getOperandList] has, in its order
  protected abstract SyntaxNode rebuilt(
      SqlParserPos position, List<? extends @Nullable SqlNode> operands);

  @Override
  public SqlOperator getOperator() {
    return new Rebuilding(this);
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.OTHER;
  }

  /// Absent operands are null.
  @Override
  public List<SqlNode> getOperandList() {
    @SuppressWarnings("NullAway") // Calcite's contract lets operands be null
    List<SqlNode> list = Collections.unmodifiableList(Arrays.asList(operands));
    return list;
  }

  @Override
  public void setOperand(int index, @Nullable SqlNode operand) {
    operands[index] = operand;
  }

  /// For debuggers and test reports; PostgreSQL's text is [dev.remit.sql.PostgresSql#write].
  @Override
  public String toString() {
    return getClass().getSimpleName() + Arrays.asList(operands);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.literal(toString());
  }

  protected final @Nullable SqlNode optional(int index) {
    return operands[index];
  }

  protected final SqlNode required(int index) {
    return Objects.requireNonNull(operands[index], "operand " + index);
  }

  /// The list at that place; empty when absent.
  protected final SqlNodeList list(int index) {
    return operands[index] instanceof SqlNodeList list ? list : SqlNodeList.EMPTY;
  }

  private static final class Rebuilding extends SqlSpecialOperator {
    private final SyntaxNode node;

    Rebuilding(SyntaxNode node) {
      super(node.getClass().getSimpleName(), SqlKind.OTHER);
      this.node = node;
    }

    @Override
    @SuppressWarnings("NullAway") // Calcite declares the operands both ways
    public SqlCall createCall(
        @Nullable SqlLiteral qualifier, SqlParserPos position, @Nullable SqlNode... operands) {
      return node.rebuilt(position, Arrays.asList(operands));
    }
  }
}
