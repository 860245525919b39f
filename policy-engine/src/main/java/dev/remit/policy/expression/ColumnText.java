package dev.remit.policy.expression;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.policy.expression.Operand.Typed;

/// A column as it is written in an expression: under its own name, or as text where its own type's
/// operators would surprise.
public final class ColumnText {
  private ColumnText() {}

  static Typed of(Column column) {
    ColumnType type = column.type();
    String name = SqlBuilder.quote(column.name());
    TypeClass typeClass = TypeClass.of(type);
    return switch (typeClass) {
      case ENUM -> new Typed(asText(column), TypeClass.TEXT);
      case TEXT ->
          new Typed(
              name,
              typeClass,
              TypeClass.isCitext(type) ? type.schema() : "pg_catalog",
              longest(type));
      default -> new Typed(name, typeClass);
    };
  }

  /// The column's value in text form.
  public static String asText(Column column) {
    return SqlBuilder.cast(SqlBuilder.quote(column.name()), SqlBuilder.systemType("text"));
  }

  /// Most characters a text type keeps: n of `varchar(n)` and `char(n)`, whose modifier is n + 4
  /// (PostgreSQL, `varchar.c`).
  public static int longest(ColumnType type) {
    boolean bounded = type.name().equals("varchar") || type.name().equals("bpchar");
    return bounded && type.modifier() >= 4 ? type.modifier() - 4 : Operand.UNBOUNDED;
  }
}
