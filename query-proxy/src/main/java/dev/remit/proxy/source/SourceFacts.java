package dev.remit.proxy.source;

import dev.remit.proxy.systemcatalog.SystemRelation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one source said of itself.
///
/// @param leakproof operators whose function is marked leakproof (`pg_proc.proleakproof`)
/// @param types by OID
/// @param systemColumns columns of the relations in `pg_catalog` and `information_schema`, by
///   `schema.name`
public record SourceFacts(
    Set<Operator> leakproof,
    Map<Long, Type> types,
    Map<String, List<SystemRelation.Column>> systemColumns,
    Set<Overload> extensionFunctions,
    Set<Operator> extensionOperators) {
  /// Of a source that was not asked yet: nothing is leakproof, no catalog relation exists.
  public static final SourceFacts NONE =
      new SourceFacts(Set.of(), Map.of(), Map.of(), Set.of(), Set.of());

  private static final long TEXT = 25;
  private static final long VARCHAR = 1043;

  public SourceFacts {
    leakproof = Set.copyOf(leakproof);
    types = Map.copyOf(types);
    systemColumns = Map.copyOf(systemColumns);
    extensionFunctions = Set.copyOf(extensionFunctions);
    extensionOperators = Set.copyOf(extensionOperators);
  }

  /// A binary operator by symbol, operand types and schema.
  public record Operator(String schema, String symbol, long left, long right) {}

  /// A function that an extension defines, by the type of one of its arguments.
  public record Overload(String schema, String name, long argument) {}

  /// @param kind `pg_type.typtype`: `b` base, `c` composite, `d` domain, `e` enum, `r` range
  /// @param base the type beneath a domain, else 0
  /// @param element the type of an array's elements, else 0
  public record Type(String schema, String name, char kind, long base, long element) {
    /// A base type outside `pg_catalog`, with operators and functions of its own.
    boolean ofExtension() {
      return kind == 'b' && !schema.equals("pg_catalog") && element == 0;
    }
  }

  /// Whether the operator PostgreSQL picks for these operand types is leakproof. False when that is
  /// not certain.
  public boolean isLeakproof(String symbol, long left, long right) {
    long first = plain(left);
    long second = plain(right);
    if ((left == VARCHAR || right == VARCHAR) && first != second) {
      return false;
    }
    return leakproof.contains(new Operator("pg_catalog", symbol, first, second));
  }

  /// The type whose operators serve a type: a domain's base, text for varchar.
  public long plain(long type) {
    long current = type;
    for (int i = 0; i < 32; i++) {
      Type fact = types.get(current);
      if (fact == null || fact.kind() != 'd') {
        break;
      }
      current = fact.base();
    }
    return current == VARCHAR ? TEXT : current;
  }

  /// The extension's type that a value of this type is or holds, if any. A type the source did not
  /// tell of is taken for one.
  public Optional<Type> extensionType(long type) {
    Type fact = types.get(plain(type));
    if (fact == null || type == 0) {
      return Optional.empty();
    }
    if (fact.element() != 0) {
      return extensionType(fact.element());
    }
    return fact.ofExtension() ? Optional.of(fact) : Optional.empty();
  }

  /// OID of a type of `pg_catalog` by name; 0 when there is none.
  public long systemType(String name) {
    for (Map.Entry<Long, Type> entry : types.entrySet()) {
      if (entry.getValue().schema().equals("pg_catalog") && entry.getValue().name().equals(name)) {
        return entry.getKey();
      }
    }
    return 0;
  }
}
