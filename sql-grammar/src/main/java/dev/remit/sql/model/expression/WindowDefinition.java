package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `[name AS] ([base] PARTITION BY … ORDER BY … frame)`.
///
/// Operands: 0 partition expressions (list) · 1 sort items (list) · 2 offset of the frame's start ·
/// 3 offset of its end.
public final class WindowDefinition extends SyntaxNode {
  private final String name;
  private final String base;
  private final @Nullable Frame frame;

  /// `units BETWEEN start AND end exclusion`.
  ///
  /// @param end null when only a start stands
  public record Frame(Units units, Bound start, @Nullable Bound end, Exclusion exclusion) {}

  /// What a frame's offsets count.
  public enum Units {
    RANGE,
    ROWS,
    GROUPS
  }

  /// Where a frame begins or ends; the offset of PRECEDING and FOLLOWING is an operand.
  public enum Bound {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /// Rows left out of the frame.
  public enum Exclusion {
    UNSAID,
    CURRENT_ROW,
    GROUP,
    TIES,
    NO_OTHERS
  }

  /// @param name in a WINDOW clause; empty in OVER
  /// @param base a window it builds on; empty without
  public WindowDefinition(
      SqlParserPos position,
      String name,
      String base,
      @Nullable SqlNodeList partitionBy,
      @Nullable SqlNodeList orderBy,
      @Nullable Frame frame,
      @Nullable SqlNode startOffset,
      @Nullable SqlNode endOffset) {
    super(position, partitionBy, orderBy, startOffset, endOffset);
    this.name = name;
    this.base = base;
    this.frame = frame;
  }

  @Override
  protected WindowDefinition rebuilt(
      SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    WindowDefinition copy =
        new WindowDefinition(position, name, base, null, null, frame, null, null);
    for (int i = 0; i < operands.size(); i++) {
      copy.setOperand(i, operands.get(i));
    }
    return copy;
  }

  /// The same definition under a name.
  public WindowDefinition as(String newName) {
    return new WindowDefinition(
        getParserPosition(), newName, base, list(0), list(1), frame, optional(2), optional(3));
  }

  public String name() {
    return name;
  }

  public String base() {
    return base;
  }

  public SqlNodeList partitionBy() {
    return list(0);
  }

  public SqlNodeList orderBy() {
    return list(1);
  }

  public Optional<Frame> frame() {
    return Optional.ofNullable(frame);
  }

  public Optional<SqlNode> startOffset() {
    return Optional.ofNullable(optional(2));
  }

  public Optional<SqlNode> endOffset() {
    return Optional.ofNullable(optional(3));
  }
}
