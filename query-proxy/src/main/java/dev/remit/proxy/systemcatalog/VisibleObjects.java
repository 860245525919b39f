package dev.remit.proxy.systemcatalog;

import dev.remit.policy.model.PolicyValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The objects of a source that exist for one principal and purpose.
///
/// @param relations OIDs of visible relations
/// @param schemas names of the schemas that hold them
/// @param types OIDs of the types of their visible columns
/// @param columns visible columns, each as `OID of the relation . attribute number`
public record VisibleObjects(
    Set<Long> relations, Set<String> schemas, Set<Long> types, Set<String> columns) {

  public static final VisibleObjects NONE =
      new VisibleObjects(Set.of(), Set.of(), Set.of(), Set.of());

  /// The parameters of every [SystemRelation#sql]: `$1` relations as `oid[]`, `$2` schemas as
  /// `name[]`, `$3` types as `oid[]`, `$4` columns as `text[]`.
  public List<PolicyValue> values() {
    return List.of(
        new PolicyValue("oid[]", array(relations)),
        new PolicyValue("name[]", array(schemas)),
        new PolicyValue("oid[]", array(types)),
        new PolicyValue("text[]", array(columns)));
  }

  private static String array(Set<? extends Comparable<?>> elements) {
    return new TreeSet<>(elements)
        .stream()
            .map(element -> quote(element.toString()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quote(String element) {
    return "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
