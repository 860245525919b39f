package dev.remit.policy.mask;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.policy.expression.ColumnText;
import dev.remit.policy.expression.SqlBuilder;
import dev.remit.policy.expression.TypeClass;
import dev.remit.policy.model.SqlExpression;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// A constant in place of every value. NULL stays NULL, so that a mask does not invent values where
/// there are none.
final class Constant {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Constant() {}

  static SqlExpression apply(String constant, Column column) {
    ColumnType type = column.type();
    if (!fits(constant, type)) {
      throw new IllegalArgumentException(
          "the constant does not fit into " + column.name() + " of type " + type.formatted());
    }
    SqlBuilder builder = new SqlBuilder();
    String value = SqlBuilder.cast(builder.value("text", constant), type.formatted());
    String kept =
        "CASE WHEN "
            + SqlBuilder.quote(column.name())
            + " IS NULL THEN NULL ELSE "
            + value
            + " END";
    return builder.expression(SqlBuilder.cast(kept, type.formatted()));
  }

  private static boolean fits(String constant, ColumnType type) {
    return switch (TypeClass.of(type)) {
      case TEXT -> constant.codePointCount(0, constant.length()) <= ColumnText.longest(type);
      case INTEGER -> integer(constant, type.name());
      case DECIMAL, FLOAT -> type.modifier() == -1 && number(constant);
      case BOOLEAN -> constant.equals("true") || constant.equals("false");
      case DATE -> DATE.matcher(constant).matches();
      case UUID -> UUID.matcher(constant).matches();
      case TIMESTAMP, TIMESTAMPTZ, TIME, INTERVAL, BYTES, ENUM, OTHER -> false;
    };
  }

  private static boolean integer(String constant, String type) {
    try {
      long value = Long.parseLong(constant);
      return switch (type) {
        case "int2" -> value == (short) value;
        case "int4" -> value == (int) value;
        default -> true;
      };
    } catch (NumberFormatException notWhole) {
      return false;
    }
  }

  private static boolean number(String constant) {
    try {
      return new BigDecimal(constant).precision() > 0;
    } catch (NumberFormatException notNumber) {
      return false;
    }
  }
}
