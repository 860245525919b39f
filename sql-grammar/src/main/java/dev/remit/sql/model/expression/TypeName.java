package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// The name of a type with its modifiers and array bounds. Operand 0: modifiers (list).
///
/// Types that the SQL standard spells with keywords have the name PostgreSQL gives them: `integer`
/// is `pg_catalog.int4`, `char(3)` is `pg_catalog.bpchar(3)`. Others keep the parts written.
public final class TypeName extends SyntaxNode {
  private final List<String> names;
  private final String intervalFields;
  private final List<Integer> bounds;

  /// @param intervalFields what follows INTERVAL, such as `day to second`; empty without
  /// @param bounds one element for each array dimension, -1 where no number stands
  public TypeName(
      SqlParserPos position,
      List<String> names,
      @Nullable SqlNodeList modifiers,
      String intervalFields,
      List<Integer> bounds) {
    super(position, modifiers);
    this.names = List.copyOf(names);
    this.intervalFields = intervalFields;
    this.bounds = List.copyOf(bounds);
  }

  /// A type without modifiers.
  public static TypeName of(String... names) {
    return new TypeName(SqlParserPos.ZERO, List.of(names), null, "", List.of());
  }

  @Override
  protected TypeName rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    TypeName copy = new TypeName(position, names, null, intervalFields, bounds);
    copy.setOperand(0, operands.get(0));
    return copy;
  }

  /// The same type of another name, for example a qualified one.
  public TypeName named(List<String> newNames) {
    return new TypeName(getParserPosition(), newNames, list(0), intervalFields, bounds);
  }

  /// The same interval restricted to fields.
  public TypeName fields(String newFields) {
    return new TypeName(getParserPosition(), names, list(0), newFields, bounds);
  }

  /// The same type with these array bounds.
  public TypeName array(List<Integer> newBounds) {
    return newBounds.isEmpty()
        ? this
        : new TypeName(getParserPosition(), names, list(0), intervalFields, newBounds);
  }

  public List<String> names() {
    return names;
  }

  /// Constants in parentheses after the name.
  public SqlNodeList modifiers() {
    return list(0);
  }

  public String intervalFields() {
    return intervalFields;
  }

  /// Empty when it is no array.
  public List<Integer> bounds() {
    return bounds;
  }
}
