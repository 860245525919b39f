package dev.remit.policy.principals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Finds every role a user has: by name, through a group, or through another role, to any depth. A
/// cycle of roles ends where it began.
final class RoleResolution {
  private final Map<String, Set<String>> rolesOfUser = new HashMap<>();
  private final Map<String, Set<String>> rolesOfGroup = new HashMap<>();
  private final Map<String, Set<String>> rolesOfRole = new HashMap<>();

  void add(String role, String memberKind, String member) {
    Map<String, Set<String>> roles =
        switch (memberKind) {
          case "user" -> rolesOfUser;
          case "group" -> rolesOfGroup;
          case "role" -> rolesOfRole;
          default -> throw new IllegalStateException("unknown kind of member " + memberKind);
        };
    roles.computeIfAbsent(member, name -> new HashSet<>()).add(role);
  }

  Set<String> rolesOf(String user, Set<String> groups) {
    Deque<String> open = new ArrayDeque<>(rolesOfUser.getOrDefault(user, Set.of()));
    groups.forEach(group -> open.addAll(rolesOfGroup.getOrDefault(group, Set.of())));
    Set<String> found = new HashSet<>();
    while (!open.isEmpty()) {
      String role = open.pop();
      if (found.add(role)) {
        open.addAll(rolesOfRole.getOrDefault(role, Set.of()));
      }
    }
    return found;
  }
}
