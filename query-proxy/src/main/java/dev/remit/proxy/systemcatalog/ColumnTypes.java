package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SourceFacts;
import java.util.Map;
import java.util.Set;

/// The types of the columns of governed catalog relations.
///
/// No column has an object identifier type (`regproc`): beside such a value PostgreSQL would read a
/// plain string as the name of an object, and so tell whether there is one of that name. Nor has
/// one the type `aclitem`, beside which it would be a role's name.
final class ColumnTypes {
  private static final long OID = 26;
  private static final long TEXT = 25;

  /// `regproc`, `regprocedure`, `regoper`, `regoperator`, `regclass`, `regtype`, `regconfig`,
  /// `regdictionary`, `regnamespace`, `regrole`, `regcollation`.
  private static final Set<Long> OBJECT_IDENTIFIERS =
      Set.of(24L, 2202L, 2203L, 2204L, 2205L, 2206L, 3734L, 3769L, 4089L, 4096L, 4191L);

  /// `pg_node_tree`, `anyarray`, and the contents of extended statistics: never shown.
  private static final Set<Long> INTERNAL = Set.of(194L, 2277L, 3361L, 3402L, 5017L);

  private static final long ACLITEM_ARRAY = 1034;
  private static final long TEXT_ARRAY = 1009;

  private final Map<Long, SourceFacts.Type> types;

  ColumnTypes(SourceFacts facts) {
    this.types = facts.types();
  }

  /// The type a column has for clients.
  static long shown(long type) {
    if (OBJECT_IDENTIFIERS.contains(type)) {
      return OID;
    }
    if (type == ACLITEM_ARRAY) {
      return TEXT_ARRAY;
    }
    return INTERNAL.contains(type) ? TEXT : type;
  }

  /// Its qualified name, quoted; text for one the source did not tell of.
  String name(long type) {
    SourceFacts.Type fact = types.get(type);
    return fact == null
        ? "pg_catalog.text"
        : "\"" + fact.schema() + "\".\"" + fact.name().replace("\"", "\"\"") + "\"";
  }
}
