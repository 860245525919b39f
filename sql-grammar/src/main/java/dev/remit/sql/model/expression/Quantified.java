package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `left op ANY (right)` or `left op ALL (right)`; `SOME` is `ANY`, `LIKE ANY` is `~~ ANY`.
///
/// Operands: 0 left · 1 a [dev.remit.sql.model.Query] or an expression of array type.
public final class Quantified extends SyntaxNode {
  private final List<String> schema;
  private final String symbol;
  private final boolean all;

  public Quantified(
      SqlParserPos position,
      List<String> schema,
      String symbol,
      boolean all,
      SqlNode left,
      SqlNode right) {
    super(position, left, right);
    this.schema = List.copyOf(schema);
    this.symbol = symbol;
    this.all = all;
  }

  @Override
  protected Quantified rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Quantified copy = new Quantified(position, schema, symbol, all, left(), right());
    copy.setOperand(0, operands.get(0));
    copy.setOperand(1, operands.get(1));
    return copy;
  }

  /// The same with its operator qualified.
  public Quantified qualified(List<String> newSchema) {
    return new Quantified(getParserPosition(), newSchema, symbol, all, left(), right());
  }

  public List<String> schema() {
    return schema;
  }

  public String symbol() {
    return symbol;
  }

  /// ALL rather than ANY.
  public boolean all() {
    return all;
  }

  public SqlNode left() {
    return required(0);
  }

  public SqlNode right() {
    return required(1);
  }
}
