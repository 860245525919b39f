package dev.remit.policy.decision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.PolicyPlan;
import dev.remit.policy.model.Principal;
import dev.remit.policy.principals.Accounts;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.ranger.Reach;
import dev.remit.policy.rules.StoredPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A set of policies about to come into force: read, compared with what is there, and checked as a
/// whole.
///
/// @param altered policies that are new or other than before
public record PolicyChange(PolicyPlan plan, List<StoredPolicy> altered) {
  public PolicyChange {
    altered = List.copyOf(altered);
  }

  /// Reads and checks the set. Errors: UNKNOWN_SOURCE, INVALID_POLICY.
  ///
  /// @param before the source's policies in force
  /// @param accounts everyone known, for warnings
  public static PolicyChange read(
      JsonNode section,
      SourceName source,
      List<StoredPolicy> before,
      Accounts accounts,
      CatalogSnapshot catalog) {
    Source known =
        catalog
            .source(source)
            .orElseThrow(() ->
                new RemitException(
                    ErrorCode.UNKNOWN_SOURCE, "there is no source '" + source + "'; add it first"));
    Map<String, StoredPolicy> set = new LinkedHashMap<>();
    before.forEach(old -> set.put(old.name(), old));
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    Map<String, StoredPolicy> given = given(section);
    List<StoredPolicy> altered = new ArrayList<>();
    for (StoredPolicy policy : given.values()) {
      @Nullable StoredPolicy old = set.get(policy.name());
      if (old == null) {
        added.add(policy.name());
      } else if (old.definition().equals(policy.definition())) {
        unchanged.add(policy.name());
        continue;
      } else {
        changed.add(policy.name());
      }
      altered.add(policy);
      set.put(policy.name(), policy);
    }
    List<StoredPolicy> whole = List.copyOf(set.values());
    CatalogCheck check = new CatalogCheck(known, catalog);
    List<Reach> all = RangerPolicies.compile(source, whole).reaches();
    List<Reach> reaches =
        all.stream().filter(reach -> given.containsKey(reach.policyName())).toList();
    reaches.forEach(check::check);
    List<String> warnings = new ArrayList<>(strangers(reaches, accounts));
    warnings.addAll(new MaskConflicts(known, accounts.principals()).warnings(all, given.keySet()));
    return new PolicyChange(new PolicyPlan(source, added, changed, unchanged, warnings), altered);
  }

  /// Principals may come later than the policy that names them, so a stranger is no mistake; but it
  /// may be a slip of the pen.
  private static List<String> strangers(List<Reach> reaches, Accounts accounts) {
    Set<String> users = new HashSet<>(Set.of("{USER}"));
    Set<String> groups = new HashSet<>(Set.of("public"));
    Set<String> roles = new HashSet<>();
    for (Principal principal : accounts.principals()) {
      users.add(principal.name());
      groups.addAll(principal.groups());
      roles.addAll(principal.roles());
    }
    Set<String> warnings = new TreeSet<>();
    for (Reach reach : reaches) {
      String policy = "policy '" + reach.policyName() + "' names the ";
      reach.users().stream()
          .filter(user -> !users.contains(user))
          .forEach(user -> warnings.add(policy + "user '" + user + "', whom nobody added yet"));
      reach.groups().stream()
          .filter(group -> !groups.contains(group))
          .forEach(group -> warnings.add(policy + "group '" + group + "', in which nobody is yet"));
      reach.roles().stream()
          .filter(role -> !roles.contains(role))
          .forEach(role -> warnings.add(policy + "role '" + role + "', which nobody has yet"));
    }
    return List.copyOf(warnings);
  }

  private static Map<String, StoredPolicy> given(JsonNode section) {
    Map<String, StoredPolicy> given = new LinkedHashMap<>();
    for (StoredPolicy policy : RangerPolicies.split(section)) {
      if (given.put(policy.name(), policy) != null) {
        throw new RemitException(
            ErrorCode.INVALID_POLICY, "two policies are named '" + policy.name() + "'");
      }
    }
    return given;
  }
}
