package dev.remit.policy.expression;

import dev.remit.catalog.model.ColumnType;
import java.util.Locale;
import java.util.Map;

/// What an operator of a policy expression may be applied to: PostgreSQL's types, as coarse as is
/// safe. A type that is not listed is OTHER, on which only IS NULL is allowed.
public enum TypeClass {
  BOOLEAN("bool"),
  TEXT("text"),
  INTEGER("int8"),
  DECIMAL("numeric"),
  FLOAT("float8"),
  DATE("date"),
  TIMESTAMP("timestamp"),
  TIMESTAMPTZ("timestamptz"),
  TIME("time"),
  INTERVAL("interval"),
  UUID("uuid"),
  BYTES("bytea"),
  /// Compared as its text.
  ENUM("text"),
  OTHER("text");

  private static final Map<String, TypeClass> BY_NAME =
      Map.ofEntries(
          Map.entry("bool", BOOLEAN),
          Map.entry("text", TEXT),
          Map.entry("varchar", TEXT),
          Map.entry("bpchar", TEXT),
          Map.entry("int2", INTEGER),
          Map.entry("int4", INTEGER),
          Map.entry("int8", INTEGER),
          Map.entry("numeric", DECIMAL),
          Map.entry("float4", FLOAT),
          Map.entry("float8", FLOAT),
          Map.entry("date", DATE),
          Map.entry("timestamp", TIMESTAMP),
          Map.entry("timestamptz", TIMESTAMPTZ),
          Map.entry("time", TIME),
          Map.entry("interval", INTERVAL),
          Map.entry("uuid", UUID),
          Map.entry("bytea", BYTES));

  private final String valueType;

  TypeClass(String valueType) {
    this.valueType = valueType;
  }

  /// The type in `pg_catalog` under which a constant of this class is bound.
  String valueType() {
    return valueType;
  }

  boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == FLOAT;
  }

  /// The class of a column's type.
  public static TypeClass of(ColumnType type) {
    if (type.category() == 'E') {
      return ENUM;
    }
    if (isCitext(type)) {
      return TEXT;
    }
    return type.schema().equals("pg_catalog")
        ? BY_NAME.getOrDefault(type.name().toLowerCase(Locale.ROOT), OTHER)
        : OTHER;
  }

  /// Whether it is the case-insensitive text of the extension citext, whose operators live in the
  /// extension's schema.
  public static boolean isCitext(ColumnType type) {
    return type.name().equals("citext") && type.category() == 'S';
  }
}
