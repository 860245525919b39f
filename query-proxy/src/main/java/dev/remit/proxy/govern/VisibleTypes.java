package dev.remit.proxy.govern;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.resolve.VisibleRelations;
import dev.remit.sql.model.expression.TypeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The types a principal may name in casts: those of `pg_catalog` on the allow list, and the
/// source's own (enums, domains, types of extensions) as far as a visible column has them.
///
/// One instance serves one statement.
public final class VisibleTypes {
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
