package dev.remit.policy.expression;

/// One part of an expression while it is checked.
sealed interface Operand {

  /// Its type is known and its text is written.
  ///
  /// @param schema where the type's own operators live
  /// @param longest greatest number of characters it can have, [#UNBOUNDED] when not known
  record Typed(String sql, TypeClass type, String schema, int longest) implements Operand {
    Typed(String sql, TypeClass type) {
      this(sql, type, "pg_catalog", UNBOUNDED);
    }
  }

  /// A string constant or attribute: takes the type of what it meets.
  ///
  /// @param checked false for an attribute at load time, whose value is not known yet
  record Untyped(String text, boolean checked) implements Operand {}

  /// The constant NULL: takes the type of what it meets.
  record Null() implements Operand {}

  int UNBOUNDED = Integer.MAX_VALUE;
}
