package dev.remit.policy.ranger.strict;

import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerServiceDef;
import org.apache.ranger.plugin.util.ServicePolicies;
import org.apache.ranger.plugin.util.ServicePolicies.SecurityZoneInfo;
import org.jspecify.annotations.Nullable;

/// Finds in a whole `ServicePolicies` document everything that would open a door: in the document
/// itself, and by [StrictPolicy] in each policy.
public final class StrictDocument {
  private StrictDocument() {}

  /// Checks the document against its own service definition, as Ranger's engine would load it.
  ///
  /// @param ownMasks see [StrictPolicy]
  public static List<String> findings(ServicePolicies document, boolean ownMasks) {
    List<String> findings = new ArrayList<>();
    RangerServiceDef definition = document.getServiceDef();
    enrichers(definition, findings);
    superUsers(document.getServiceConfig(), findings);
    if (document.getPolicyDeltas() != null && !document.getPolicyDeltas().isEmpty()) {
      findings.add("policy deltas cannot be applied; give the whole document");
    }
    policies(document.getPolicies(), new StrictPolicy(definition, ownMasks), findings);
    if (document.getTagPolicies() != null && document.getTagPolicies().getServiceDef() != null) {
      RangerServiceDef tags = document.getTagPolicies().getServiceDef();
      enrichers(tags, findings);
      superUsers(document.getTagPolicies().getServiceConfig(), findings);
      policies(document.getTagPolicies().getPolicies(), new StrictPolicy(tags, false), findings);
    }
    zones(document, findings);
    return findings;
  }

  private static void policies(
      @Nullable List<RangerPolicy> policies, StrictPolicy check, List<String> findings) {
    if (policies != null) {
      for (RangerPolicy policy : policies) {
        check
            .findings(policy)
            .forEach(finding -> findings.add("policy '" + policy.getName() + "': " + finding));
      }
    }
  }

  private static void enrichers(@Nullable RangerServiceDef definition, List<String> findings) {
    if (definition == null) {
      findings.add("the document has no serviceDef");
    } else if (definition.getContextEnrichers() != null) {
      definition
          .getContextEnrichers()
          .forEach(enricher ->
              findings.add(
                  "the context enricher '"
                      + enricher.getName()
                      + "' may fail silently; its input comes from the catalog here"));
    }
  }

  public static void superUsers(
      @Nullable Map<String, String> serviceConfig, List<String> findings) {
    if (serviceConfig != null) {
      serviceConfig.forEach((key, value) -> {
        if (key.endsWith(".super.users") || key.endsWith(".super.groups")) {
          findings.add("'" + key + "' would put users above every policy; remove it");
        }
        if (key.contains(".policyengine.option.")) {
          findings.add("'" + key + "' could switch off parts of the policies; remove it");
        }
      });
    }
  }

  private static void zones(ServicePolicies document, List<String> findings) {
    if (document.getSecurityZones() == null) {
      return;
    }
    List<SecurityZoneInfo> zones = List.copyOf(document.getSecurityZones().values());
    for (int first = 0; first < zones.size(); first++) {
      for (int second = first + 1; second < zones.size(); second++) {
        if (overlap(zones.get(first), zones.get(second))) {
          findings.add(
              "the zones '"
                  + zones.get(first).getZoneName()
                  + "' and '"
                  + zones.get(second).getZoneName()
                  + "' may share a resource, and Ranger would then ignore both");
        }
      }
    }
  }

  private static boolean overlap(SecurityZoneInfo one, SecurityZoneInfo other) {
    return one.getResources().stream()
        .anyMatch(left -> other.getResources().stream().anyMatch(right -> meet(left, right)));
  }

  private static boolean meet(Map<String, List<String>> left, Map<String, List<String>> right) {
    return left.entrySet().stream()
        .allMatch(entry ->
            !right.containsKey(entry.getKey())
                || entry.getValue().stream()
                    .anyMatch(value ->
                        right.getOrDefault(entry.getKey(), List.of()).stream()
                            .anyMatch(other -> mayMeet(value, other))));
  }

  /// Two patterns that both hold wildcards are taken to meet: refusing too much is safe.
  private static boolean mayMeet(String one, String other) {
    boolean bothWild = one.matches(".*[*?].*") && other.matches(".*[*?].*");
    return bothWild || TablePattern.glob(one, other) || TablePattern.glob(other, one);
  }
}
