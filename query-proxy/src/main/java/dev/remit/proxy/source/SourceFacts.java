package dev.remit.proxy.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one source said of itself. Immutable.
public final class SourceFacts {
  private static final long TEXT = 25;
  private static final long VARCHAR = 1043;
  private static final long FIRST_USER_OID = 16_384;
  private static final Type STRANGE = new Type("", "?", 'b', 0, 0);

  /// Of a source that was not asked yet: nothing is leakproof, no catalog relation exists.
  public static final SourceFacts NONE =
      new SourceFacts(Set.of(), Map.of(), Map.of(), Set.of(), Map.of(), Set.of(), Set.of());

  private final Set<Operator> leakproof;
  private final Map<Long, Type> types;
  private final Map<String, List<SystemColumn>> systemColumns;
  private final Set<Overload> extensionFunctions;
  private final Map<String, String> functionOwners;
  private final Set<Operator> extensionOperators;
  private final Set<String> attributeCalls;
  private final Map<String, Long> byName = new HashMap<>();
  private final Map<Long, Long> arrays = new HashMap<>();

  /// @param leakproof operators whose function is marked leakproof (`pg_proc.proleakproof`)
  /// @param types by OID
  /// @param systemColumns columns of the relations in `pg_catalog` and `information_schema`, by
  ///   `schema.name`
  /// @param extensionFunctions those that belong to extensions
  /// @param functionOwners the extension that owns every function of a `schema.name`
  /// @param extensionOperators those that belong to extensions
  /// @param attributeCalls see [#isAttributeCall]
  public SourceFacts(
      Set<Operator> leakproof,
      Map<Long, Type> types,
      Map<String, List<SystemColumn>> systemColumns,
      Set<Overload> extensionFunctions,
      Map<String, String> functionOwners,
      Set<Operator> extensionOperators,
      Set<String> attributeCalls) {
    this.leakproof = Set.copyOf(leakproof);
    this.types = Map.copyOf(types);
    this.systemColumns = Map.copyOf(systemColumns);
    this.extensionFunctions = Set.copyOf(extensionFunctions);
    this.functionOwners = Map.copyOf(functionOwners);
    this.extensionOperators = Set.copyOf(extensionOperators);
    this.attributeCalls = Set.copyOf(attributeCalls);
    types.forEach((oid, type) -> {
      byName.put(type.schema() + "." + type.name(), oid);
      if (type.element() != 0) {
        arrays.put(type.element(), oid);
      }
    });
  }

  /// By OID.
  public Map<Long, Type> types() {
    return types;
  }

  /// Columns of the relations in `pg_catalog` and `information_schema`, by `schema.name`.
  public Map<String, List<SystemColumn>> systemColumns() {
    return systemColumns;
  }

  /// Whether `value.name` may call something: PostgreSQL reads it as `name(value)` when the value
  /// has no field of that name and `pg_catalog` has such a function, or a type to cast to.
  public boolean isAttributeCall(String name) {
    return types.isEmpty() || attributeCalls.contains(name);
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

  /// The extension's type that a value of this type is or holds, if any. A type that the source did
  /// not tell of is taken for one of which nothing is known.
  public Optional<Type> extensionType(long type) {
    long plain = plain(type);
    Type fact = types.get(plain);
    if (fact == null) {
      boolean strange = plain >= FIRST_USER_OID && !types.isEmpty();
      return strange ? Optional.of(STRANGE) : Optional.empty();
    }
    if (fact.element() != 0) {
      return extensionType(fact.element());
    }
    return fact.ofExtension() ? Optional.of(fact) : Optional.empty();
  }

  /// OID of the type that [#extensionType] gives.
  public long extensionOid(long type) {
    long plain = plain(type);
    Type fact = types.get(plain);
    return fact != null && fact.element() != 0 ? extensionOid(fact.element()) : plain;
  }

  /// OID of a type by its name, of its array when `array`; -1 when there is none, or when a name
  /// without schema could mean several.
  public long typeNamed(List<String> names, boolean array) {
    String last = names.get(names.size() - 1);
    long element = names.size() == 1 ? systemType(last) : 0;
    if (names.size() == 1 && element == 0) {
      List<Long> found =
          types.entrySet().stream()
              .filter(entry -> entry.getValue().name().equals(last))
              .map(Map.Entry::getKey)
              .toList();
      element = found.size() == 1 ? found.get(0) : 0;
    } else if (names.size() == 2) {
      element = byName.getOrDefault(names.get(0) + "." + last, 0L);
    }
    if (element == 0) {
      return -1;
    }
    return array ? arrays.getOrDefault(element, -1L) : element;
  }

  /// OID of a type of `pg_catalog` by name; 0 when there is none.
  public long systemType(String name) {
    return byName.getOrDefault("pg_catalog." + name, 0L);
  }

  /// Whether an extension defines this operator in the type's schema, for a value of the type on
  /// that side. `other` is the type of the other operand, 0 for a constant that takes any.
  public boolean hasOperator(Type type, long oid, String symbol, boolean leftSide, long other) {
    return extensionOperators.stream()
        .anyMatch(operator ->
            operator.schema().equals(type.schema())
                && operator.symbol().equals(symbol)
                && (leftSide ? operator.left() : operator.right()) == oid
                && (other == 0 || (leftSide ? operator.right() : operator.left()) == other));
  }

  /// Whether an extension defines a function of this name for values of this type.
  public boolean hasFunction(Type type, long oid, String name) {
    return extensionFunctions.contains(new Overload(type.schema(), name, oid));
  }

  /// The extension to which every function of this name in this schema belongs.
  public Optional<String> ownerOf(String schema, String function) {
    return Optional.ofNullable(functionOwners.get(schema + "." + function));
  }

  /// Whether an extension defines this operator between two texts in this schema, as pg_trgm does.
  public boolean hasTextOperator(String schema, String symbol) {
    return extensionOperators.contains(new Operator(schema, symbol, TEXT, TEXT));
  }

  /// Whether a value of this type is compared as text.
  public boolean isText(long type) {
    return plain(type) == TEXT;
  }
}
