package dev.remit.sql.model;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `left UNION [ALL] right` and its like. Operands: 0 left · 1 right, each a [QueryBody].
public final class SetOperation extends SyntaxNode implements QueryBody {
  private final Kind kind;
  private final boolean all;

  /// How the rows of both sides become one set.
  public enum Kind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  public SetOperation(SqlParserPos position, Kind kind, boolean all, SqlNode left, SqlNode right) {
    super(position, left, right);
    this.kind = kind;
    this.all = all;
  }

  @Override
  protected SetOperation rebuilt(
      SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    SetOperation copy = new SetOperation(position, kind, all, left(), right());
    copy.setOperand(0, operands.get(0));
    copy.setOperand(1, operands.get(1));
    return copy;
  }

  @Override
  public SqlKind getKind() {
    return switch (kind) {
      case UNION -> SqlKind.UNION;
      case INTERSECT -> SqlKind.INTERSECT;
      case EXCEPT -> SqlKind.EXCEPT;
    };
  }

  public Kind kind() {
    return kind;
  }

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
