package dev.remit.proxy.govern;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.VisibleRelations;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.expression.TypeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types a principal may name in casts: those of `pg_catalog` on the allow list, and the
/// source's own (enums, domains, types of extensions) as far as a visible column has them.
///
/// One instance serves one statement.
public final class VisibleTypes {
  /// `unknown`, as which some clients send what they do not declare.
  private static final long UNKNOWN_OID = 705;

  private final AllowLists lists;
  private final VisibleRelations relations;
  private final List<String> searchPath;
  private final Set<String> granted = new LinkedHashSet<>();

  /// @param searchPath for unqualified names
  public VisibleTypes(AllowLists lists, VisibleRelations relations, List<String> searchPath) {
    this.lists = lists;
    this.relations = relations;
    this.searchPath = List.copyOf(searchPath);
  }

  /// `schema.name` of the source's own types that the statement named.
  public Set<String> granted() {
    return granted;
  }

  /// Refuses a declared parameter type that a cast could not name: `$1` of type regclass would tell
  /// which relations there are.
  ///
  /// @param oid 0 where the client declares none
  public void requireParameter(long oid, SourceFacts facts) {
    if (oid == 0 || oid == UNKNOWN_OID) {
      return;
    }
    SourceFacts.@Nullable Type type = facts.types().get(oid);
    if (type != null && type.element() != 0) {
      type = facts.types().get(type.element());
    }
    boolean known =
        type != null
            && (type.schema().equals("pg_catalog")
                ? lists.isType(type.name())
                : relations.hasType(type.schema(), type.name()));
    if (!known) {
      throw new RemitException(
          ErrorCode.UNKNOWN_TYPE, "a parameter cannot have the type with OID " + oid);
    }
  }

  /// The same type by its full name, or 42704.
  TypeName qualified(TypeName type) {
    List<String> names = type.names();
    String last = names.get(names.size() - 1);
    boolean builtIn = names.size() == 1 || (names.size() == 2 && names.get(0).equals("pg_catalog"));
    if (builtIn && lists.isType(last)) {
      return type.named(List.of("pg_catalog", last));
    }
    List<String> schemas = names.size() == 2 ? names.subList(0, 1) : searchPath;
    for (String schema : schemas) {
      if (names.size() <= 2 && relations.hasType(schema, last)) {
        granted.add(schema + "." + last);
        return type.named(List.of(schema, last));
      }
    }
    throw Refusal.at(
        type,
        ErrorCode.UNKNOWN_TYPE,
        "type \"" + String.join(".", names) + "\" does not exist or may not be cast to");
  }
}
