package dev.remit.proxy.systemcatalog;

import dev.remit.policy.model.PolicyValue;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The objects of a source that exist for one principal and purpose, and the names of the session.
///
/// @param schemas names of the schemas that hold visible relations
/// @param values the parameters of every [SystemRelation#sql], in the order that `relations.txt`
///   says; the last is a pattern of the prefixes that the search path makes needless
public record VisibleObjects(Set<String> schemas, List<PolicyValue> values) {
  private static final List<String> TYPES =
      List.of("oid[]", "name[]", "oid[]", "int8[]", "name", "name", "name[]", "text");
  private static final long COLUMNS_LIMIT = 65536;
  private static final Pattern PARAMETER = Pattern.compile("\\$([1-8])(?![0-9])");

  public VisibleObjects {
    schemas = Set.copyOf(schemas);
    values = List.copyOf(values);
  }

  /// @param relations OIDs of visible relations
  /// @param types OIDs of the types of their visible columns
  /// @param columns visible columns by [#key]
  /// @param principal name of the user
  /// @param database name of the source
  /// @param searchPath the session's
  public static VisibleObjects of(
      Set<Long> relations,
      Set<String> schemas,
      Set<Long> types,
      Set<Long> columns,
      String principal,
      String database,
      List<String> searchPath) {
    List<String> path = searchPath.stream().filter(schemas::contains).toList();
    List<String> texts =
        List.of(
            numbers(relations),
            names(schemas.stream().sorted().toList()),
            numbers(types),
            numbers(columns),
            principal,
            database,
            names(path),
            prefixes(path));
    return new VisibleObjects(
        schemas,
        IntStream.range(0, TYPES.size())
            .mapToObj(i -> new PolicyValue(TYPES.get(i), texts.get(i)))
            .toList());
  }

  /// What a column is known by: one number for the OID of its relation and its own.
  public static long key(long relation, int number) {
    return relation * COLUMNS_LIMIT + number;
  }

  /// The text with each parameter cast to its type, so that PostgreSQL need not guess.
  static String typed(String sql) {
    return PARAMETER
        .matcher(sql)
        .replaceAll(match -> {
          int number = Integer.parseInt(match.group(1));
          return "CAST(\\$" + number + " AS pg_catalog." + TYPES.get(number - 1) + ")";
        });
  }

  private static String prefixes(List<String> path) {
    if (path.isEmpty()) {
      return "^(?!)";
    }
    return path.stream()
        .map(schema -> "\"?" + schema.replaceAll("([^A-Za-z0-9_\\x80-\\uffff])", "\\\\$1") + "\"?")
        .collect(Collectors.joining("|", "^(", ")[.]"));
  }

  private static String numbers(Set<Long> numbers) {
    return numbers.stream()
        .sorted()
        .map(number -> Long.toString(number))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String names(List<String> names) {
    return names.stream().map(VisibleObjects::quote).collect(Collectors.joining(",", "{", "}"));
  }

  private static String quote(String element) {
    return "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
