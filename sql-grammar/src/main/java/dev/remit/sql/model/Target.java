package dev.remit.sql.model;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// One item of a select list: `expression [AS label]`. Operand 0: the expression.
///
/// `*` and `t.*` are star identifiers; `(x).*` is a field access whose field is a star. Without a
/// label PostgreSQL derives one from the expression; the writer keeps the form it derives it from.
public final class Target extends SyntaxNode {
  private final @Nullable String label;

  public Target(SqlParserPos position, SqlNode expression, @Nullable String label) {
    super(position, expression);
    this.label = label;
  }

  @Override
  protected Target rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    Target copy = new Target(position, expression(), label);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return SqlKind.OTHER;
  }

  public SqlNode expression() {
    return required(0);
  }

  /// The label that stands in the text.
  public Optional<String> label() {
    return Optional.ofNullable(label);
  }
}
