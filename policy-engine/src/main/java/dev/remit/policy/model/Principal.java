package dev.remit.policy.model;

import java.util.Map;
import java.util.Set;

/// Who asks: a user with groups, roles (transitively resolved) and attributes.
///
/// @param attributes single-valued by key, for example `region` → `EU`
public record Principal(
    String name, Set<String> groups, Set<String> roles, Map<String, String> attributes) {
  public Principal {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
    attributes = Map.copyOf(attributes);
  }
}
