package dev.remit.policy.expression;

import static dev.remit.policy.expression.TypeClass.BYTES;
import static dev.remit.policy.expression.TypeClass.DECIMAL;
import static dev.remit.policy.expression.TypeClass.INTEGER;
import static dev.remit.policy.expression.TypeClass.TEXT;
import static dev.remit.policy.expression.TypeClass.TIMESTAMPTZ;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The functions of `pg_catalog` that policy text may call. None reads a table, a file or a setting
/// that a consumer controls.
enum AllowedFunction {
  LOWER(TEXT, 0, TEXT),
  UPPER(TEXT, 0, TEXT),
  BTRIM(TEXT, 0, TEXT),
  REVERSE(TEXT, 0, TEXT),
  MD5(TEXT, 0, TEXT),
  LENGTH(INTEGER, 0, TEXT),
  CHAR_LENGTH(INTEGER, 0, TEXT),
  LEFT(TEXT, 0, TEXT, INTEGER),
  RIGHT(TEXT, 0, TEXT, INTEGER),
  REPEAT(TEXT, 0, TEXT, INTEGER),
  SUBSTRING(TEXT, 1, TEXT, INTEGER, INTEGER),
  SUBSTR(TEXT, 1, TEXT, INTEGER, INTEGER),
  REPLACE(TEXT, 0, TEXT, TEXT, TEXT),
  SPLIT_PART(TEXT, 0, TEXT, TEXT, INTEGER),
  STRPOS(INTEGER, 0, TEXT, TEXT),
  STARTS_WITH(TypeClass.BOOLEAN, 0, TEXT, TEXT),
  ABS(DECIMAL, 0, DECIMAL),
  ROUND(DECIMAL, 0, DECIMAL),
  FLOOR(DECIMAL, 0, DECIMAL),
  SHA256(BYTES, 0, BYTES),
  ENCODE(TEXT, 0, BYTES, TEXT),
  CONVERT_TO(BYTES, 0, TEXT, TEXT),
  NOW(TIMESTAMPTZ, 0);

  private final TypeClass result;
  private final int optional;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<TypeClass> parameters;

  AllowedFunction(TypeClass result, int optional, TypeClass... parameters) {
    this.result = result;
    this.optional = optional;
    this.parameters = List.of(parameters);
  }

  static Optional<AllowedFunction> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(function -> function.name().equals(upper)).findFirst();
  }

  TypeClass result() {
    return result;
  }

  /// Parameter types in order; the last ones may be left out as far as [#accepts] says.
  List<TypeClass> parameters() {
    return parameters;
  }

  boolean accepts(int arguments) {
    return arguments <= parameters.size() && arguments >= parameters.size() - optional;
  }

  /// Name in `pg_catalog`.
  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
