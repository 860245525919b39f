package dev.remit.policy.ranger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.policy.ranger.condition.TaggedCondition;
import dev.remit.policy.ranger.strict.StrictDocument;
import dev.remit.policy.ranger.strict.StrictJson;
import dev.remit.policy.ranger.strict.StrictPolicy;
import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.apache.ranger.plugin.util.ServicePolicies;
import org.jspecify.annotations.Nullable;

/// Policies in Ranger's own JSON, read for one source.
///
/// A tag policy becomes a policy on every column with the condition `tagged`: Remit knows each
/// column's tags at the moment of the request, so no tag store has to be kept in step.
final class RangerForm {
  private static final Set<String> READING = Set.of("select", "all");
  private static final List<String> HIERARCHY = List.of("catalog", "schema", "table", "column");
  private static final StrictPolicy CHECK = new StrictPolicy(ServiceDefinition.hardened(), true);

  private RangerForm() {}

  /// Whether this is Ranger's form at all: a whole document or one policy.
  static boolean isRanger(JsonNode node) {
    return node.isObject() && (node.has("resources") || node.path("policies").isArray());
  }

  /// The single policies of a document, after the document itself was checked.
  static List<JsonNode> policies(JsonNode node) {
    if (node.has("resources")) {
      return List.of(node);
    }
    ServicePolicies document = StrictJson.read(node, ServicePolicies.class);
    List<String> findings = new ArrayList<>();
    if (document.getServiceDef() == null) {
      document.setServiceDef(ServiceDefinition.hardened());
    }
    if (!"trino".equals(document.getServiceDef().getName())) {
      findings.add("the document is for another service than trino");
    }
    document
        .getServiceDef()
        .setPolicyConditions(ServiceDefinition.hardened().getPolicyConditions());
    findings.addAll(StrictDocument.findings(document, false));
    if (document.getSecurityZones() != null && !document.getSecurityZones().isEmpty()) {
      findings.add("security zones are not applied here; give each zone's policies by itself");
    }
    refuse(findings);
    List<JsonNode> policies = new ArrayList<>();
    node.path("policies").forEach(policies::add);
    node.path("tagPolicies").path("policies").forEach(policies::add);
    return policies;
  }

  /// One policy, checked, for the engine of a source.
  static RangerPolicy read(String source, JsonNode node) {
    RangerPolicy policy = StrictJson.read(node, RangerPolicy.class);
    List<String> findings = new ArrayList<>();
    if (policy.getResources() != null && policy.getResources().containsKey("tag")) {
      fromTags(source, policy, findings);
    }
    findings.addAll(CHECK.findings(policy));
    if (policy.getValiditySchedules() != null && !policy.getValiditySchedules().isEmpty()) {
      findings.add("validity schedules are not applied here; apply and remove it in time");
    }
    if (policy.getZoneName() != null && !policy.getZoneName().isBlank()) {
      findings.add("security zones are not applied here");
    }
    if (items(policy).anyMatch(item -> item.getUsers().contains("{OWNER}"))) {
      findings.add("{OWNER} is nobody here: a source's owner is no user of Remit");
    }
    if (findings.isEmpty()) {
      resources(policy).forEach(resource -> resource(source, policy, resource, findings));
    }
    refuse(findings);
    return policy;
  }

  private static void resource(
      String source,
      RangerPolicy policy,
      Map<String, RangerPolicyResource> resource,
      List<String> findings) {
    if (items(policy)
        .flatMap(item -> item.getAccesses().stream())
        .noneMatch(access -> READING.contains(access.getType()))) {
      return;
    }
    boolean filter = Objects.equals(policy.getPolicyType(), RangerPolicy.POLICY_TYPE_ROWFILTER);
    Set<String> expected = Set.copyOf(filter ? HIERARCHY.subList(0, 3) : HIERARCHY);
    if (!resource.keySet().equals(expected)) {
      findings.add(
          "for reading name exactly "
              + String.join(", ", filter ? HIERARCHY.subList(0, 3) : HIERARCHY)
              + "; otherwise it would apply to nothing");
      return;
    }
    boolean braces =
        resource.values().stream()
            .flatMap(names -> names.getValues().stream())
            .anyMatch(name -> name.contains("{") || name.contains("}"));
    if (braces) {
      findings.add("resource names are taken literally; { and } are not replaced");
    }
    boolean named =
        Objects.requireNonNull(resource.get("catalog")).getValues().stream()
            .anyMatch(catalog -> TablePattern.glob(catalog, source));
    if (!named) {
      findings.add("its catalog is not the source " + source);
    }
  }

  private static void fromTags(String source, RangerPolicy policy, List<String> findings) {
    RangerPolicyResource tags = Objects.requireNonNull(policy.getResources().get("tag"));
    boolean literal =
        policy.getResources().size() == 1
            && !Boolean.TRUE.equals(tags.getIsExcludes())
            && tags.getValues().stream().noneMatch(name -> name.matches(".*[*?{}].*"));
    if (!literal) {
      findings.add("a tag policy names tags literally and nothing else");
    }
    if (Objects.equals(policy.getPolicyType(), RangerPolicy.POLICY_TYPE_ROWFILTER)) {
      findings.add("a row filter goes by table, not by tag");
    }
    Map<String, RangerPolicyResource> everything = new HashMap<>();
    everything.put("catalog", new RangerPolicyResource(source));
    for (String level : HIERARCHY.subList(1, 4)) {
      everything.put(level, new RangerPolicyResource("*"));
    }
    policy.setResources(everything);
    List<RangerPolicyItemCondition> conditions = new ArrayList<>();
    if (policy.getConditions() != null) {
      conditions.addAll(policy.getConditions());
    }
    conditions.add(new RangerPolicyItemCondition(TaggedCondition.NAME, tags.getValues()));
    policy.setConditions(conditions);
    items(policy)
        .flatMap(item -> item.getAccesses().stream())
        .forEach(access -> access.setType(access.getType().replaceFirst("^trino:", "")));
    policy
        .getDataMaskPolicyItems()
        .forEach(item -> {
          @Nullable String mask = item.getDataMaskInfo().getDataMaskType();
          item.getDataMaskInfo()
              .setDataMaskType(mask == null ? "" : mask.replaceFirst("^trino:", ""));
        });
  }

  static Stream<Map<String, RangerPolicyResource>> resources(RangerPolicy policy) {
    return Stream.concat(
        Stream.of(policy.getResources()),
        Stream.ofNullable(policy.getAdditionalResources()).flatMap(List::stream));
  }

  static Stream<RangerPolicyItem> items(RangerPolicy policy) {
    return Stream.of(
            policy.getPolicyItems(),
            policy.getDenyPolicyItems(),
            policy.getAllowExceptions(),
            policy.getDenyExceptions(),
            policy.getDataMaskPolicyItems(),
            policy.getRowFilterPolicyItems())
        .filter(Objects::nonNull)
        .flatMap(List::stream);
  }

  private static void refuse(List<String> findings) {
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", findings));
    }
  }
}
