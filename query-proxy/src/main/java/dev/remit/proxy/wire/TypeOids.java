package dev.remit.proxy.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// OIDs of PostgreSQL's own types, which are the same in every database (`pg_type.dat`).
public final class TypeOids {
  private static final Map<String, Long> OIDS =
      Map.ofEntries(
          Map.entry("bool", 16L),
          Map.entry("boolean", 16L),
          Map.entry("bytea", 17L),
          Map.entry("char", 1042L),
          Map.entry("character", 1042L),
          Map.entry("bpchar", 1042L),
          Map.entry("name", 19L),
          Map.entry("int8", 20L),
          Map.entry("bigint", 20L),
          Map.entry("int2", 21L),
          Map.entry("smallint", 21L),
          Map.entry("int4", 23L),
          Map.entry("int", 23L),
          Map.entry("integer", 23L),
          Map.entry("text", 25L),
          Map.entry("oid", 26L),
          Map.entry("json", 114L),
          Map.entry("float4", 700L),
          Map.entry("real", 700L),
          Map.entry("float8", 701L),
          Map.entry("double precision", 701L),
          Map.entry("inet", 869L),
          Map.entry("varchar", 1043L),
          Map.entry("character varying", 1043L),
          Map.entry("date", 1082L),
          Map.entry("time", 1083L),
          Map.entry("timestamp", 1114L),
          Map.entry("timestamp without time zone", 1114L),
          Map.entry("timestamptz", 1184L),
          Map.entry("timestamp with time zone", 1184L),
          Map.entry("interval", 1186L),
          Map.entry("numeric", 1700L),
          Map.entry("decimal", 1700L),
          Map.entry("uuid", 2950L),
          Map.entry("jsonb", 3802L),
          Map.entry("text[]", 1009L),
          Map.entry("int4[]", 1007L),
          Map.entry("int8[]", 1016L),
          Map.entry("oid[]", 1028L),
          Map.entry("unknown", 705L));

  private static final Pattern QUALIFIED =
      Pattern.compile("^\"?pg_catalog\"?\\.\"?([a-z0-9_ ]+)\"?");

  private TypeOids() {}

  /// The OID of a type by one of its names, a length in parentheses, `pg_catalog.` and quotes left
  /// aside.
  public static Optional<Long> of(String name) {
    String plain = QUALIFIED.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceFirst("$1");
    return Optional.ofNullable(OIDS.get(plain.replaceAll("\\s*\\([^)]*\\)", "")));
  }
}
