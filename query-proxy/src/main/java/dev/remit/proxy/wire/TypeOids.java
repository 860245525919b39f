package dev.remit.proxy.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// OIDs of PostgreSQL's own types, which are the same in every database (`types.txt` beside this
/// class).
public final class TypeOids {
  private static final String ARRAY = "[]";
  private static final Map<String, String> STANDARD =
      Map.ofEntries(
          Map.entry("boolean", "bool"),
          Map.entry("char", "bpchar"),
          Map.entry("character", "bpchar"),
          Map.entry("bigint", "int8"),
          Map.entry("smallint", "int2"),
          Map.entry("int", "int4"),
          Map.entry("integer", "int4"),
          Map.entry("real", "float4"),
          Map.entry("double precision", "float8"),
          Map.entry("character varying", "varchar"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "timetz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("bit varying", "varbit"),
          Map.entry("decimal", "numeric"));
  private static final Map<String, Long> OIDS = read();

  private static final Pattern QUALIFIED =
      Pattern.compile("^\"?pg_catalog\"?\\.\"?([a-z0-9_ ]+)\"?");

  private TypeOids() {}

  /// The OID of a type by one of its names, a length in parentheses, `pg_catalog.` and quotes left
  /// aside; `[]` behind it means its array.
  public static Optional<Long> of(String name) {
    String plain = QUALIFIED.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceFirst("$1");
    String bare = plain.replaceAll("\\s*\\([^)]*\\)", "");
    boolean array = bare.endsWith(ARRAY);
    String element = bare.replaceFirst("(\\[])+$", "");
    String standard = STANDARD.getOrDefault(element, element);
    return Optional.ofNullable(OIDS.get(array ? standard + ARRAY : standard));
  }

  private static Map<String, Long> read() {
    Map<String, Long> oids = new HashMap<>();
    oids.put("unknown", 705L);
    try (InputStream file =
            Objects.requireNonNull(TypeOids.class.getResourceAsStream("types.txt"), "types.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(words -> {
            oids.put(words[0], Long.valueOf(words[1]));
            oids.put(words[0] + ARRAY, Long.valueOf(words[2]));
          });
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read the types", failure);
    }
    return Map.copyOf(oids);
  }
}
