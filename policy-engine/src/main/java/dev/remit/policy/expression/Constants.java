package dev.remit.policy.expression;

import dev.remit.policy.expression.Operand.Typed;
import java.util.Locale;
import java.util.regex.Pattern;

/// Gives an untyped constant the type of what it meets, as a bound value. A text that is surely not
/// of that type is refused here, not at the source.
final class Constants {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}.*");
  private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}.*");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern BYTES = Pattern.compile("\\\\x([0-9a-fA-F]{2})*");

  private final SqlBuilder builder;

  Constants(SqlBuilder builder) {
    this.builder = builder;
  }

  /// The operand as one of the given type.
  Typed as(Operand operand, Typed model) {
    return switch (operand) {
      case Typed typed -> typed;
      case Operand.Null ignored ->
          new Typed(
              SqlBuilder.cast("NULL", SqlBuilder.systemType(model.type().valueType())),
              model.type(),
              model.schema(),
              0);
      case Operand.Untyped untyped -> constant(untyped, model);
    };
  }

  private Typed constant(Operand.Untyped untyped, Typed model) {
    String text = untyped.text();
    TypeClass type = model.type();
    if (untyped.checked() && !fits(type, text)) {
      throw new IllegalArgumentException(
          "a constant is no "
              + type.name().toLowerCase(Locale.ROOT)
              + ", but is compared with one");
    }
    String bound = builder.value(type.valueType(), text);
    if (!model.schema().equals("pg_catalog")) {
      bound = SqlBuilder.cast(bound, SqlBuilder.quote(model.schema()) + ".\"citext\"");
    }
    return new Typed(bound, type, model.schema(), text.codePointCount(0, text.length()));
  }

  private static boolean fits(TypeClass type, String text) {
    return switch (type) {
      case TEXT, ENUM -> text.indexOf('\0') < 0;
      case BOOLEAN -> text.equals("true") || text.equals("false");
      case INTEGER -> INTEGER.matcher(text).matches();
      case DECIMAL, FLOAT -> DECIMAL.matcher(text).matches();
      case DATE, TIMESTAMP, TIMESTAMPTZ -> DATE.matcher(text).matches();
      case TIME -> TIME.matcher(text).matches();
      case INTERVAL -> !text.isBlank();
      case UUID -> UUID.matcher(text).matches();
      case BYTES -> BYTES.matcher(text).matches();
      case OTHER -> false;
    };
  }
}
