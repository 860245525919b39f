package dev.remit.policy.ranger.strict;

import dev.remit.policy.rules.MaskKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerDataMaskPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.apache.ranger.plugin.model.RangerPolicy.RangerRowFilterPolicyItem;
import org.apache.ranger.plugin.model.RangerServiceDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerAccessTypeDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerDataMaskTypeDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerResourceDef;
import org.jspecify.annotations.Nullable;

/// Finds in one policy everything that Ranger would silently drop or read as "yes".
///
/// One object checks policies against one service definition. Findings are sentences that say what
/// to change; no finding means the policy means what it says.
public final class StrictPolicy {
  private static final Pattern ATTRIBUTE = Pattern.compile("\\$\\{\\{USER\\.\\w+}}");

  private final Set<String> resources;
  private final Set<String> accessTypes;
  private final Set<String> maskTypes;
  private final Map<String, ConditionCheck> conditions;
  private final boolean ownMasks;

  /// @param ownMasks whether masks must be of Remit's library, as they must wherever they are
  ///   applied here
  public StrictPolicy(RangerServiceDef definition, boolean ownMasks) {
    this.resources = names(definition.getResources(), RangerResourceDef::getName);
    this.accessTypes = names(definition.getAccessTypes(), RangerAccessTypeDef::getName);
    this.maskTypes =
        definition.getDataMaskDef() == null
            ? Set.of()
            : names(definition.getDataMaskDef().getMaskTypes(), RangerDataMaskTypeDef::getName);
    this.conditions = ConditionCheck.of(definition);
    this.ownMasks = ownMasks;
  }

  public List<String> findings(RangerPolicy policy) {
    List<String> findings = new ArrayList<>();
    int type = Objects.requireNonNullElse(policy.getPolicyType(), RangerPolicy.POLICY_TYPE_ACCESS);
    if (type < RangerPolicy.POLICY_TYPE_ACCESS || type > RangerPolicy.POLICY_TYPE_ROWFILTER) {
      findings.add("policyType " + type + " has no effect here; use 0, 1 or 2");
    }
    int priority =
        Objects.requireNonNullElse(policy.getPolicyPriority(), RangerPolicy.POLICY_PRIORITY_NORMAL);
    if (priority != RangerPolicy.POLICY_PRIORITY_NORMAL
        && priority != RangerPolicy.POLICY_PRIORITY_OVERRIDE) {
      findings.add("policyPriority is 0 or 1");
    }
    resources(policy.getResources(), findings);
    Stream.ofNullable(policy.getAdditionalResources())
        .flatMap(List::stream)
        .forEach(more -> resources(more, findings));
    conditions(policy.getConditions(), findings);
    accessItems(policy, type, findings);
    maskItems(policy, type, findings);
    filterItems(policy, type, findings);
    return findings;
  }

  private void resources(@Nullable Map<String, RangerPolicyResource> named, List<String> findings) {
    if (named == null || named.isEmpty()) {
      findings.add("it names no resource");
      return;
    }
    named.forEach((name, resource) -> {
      if (!resources.contains(name)) {
        findings.add("there is no resource '" + name + "'");
      }
      boolean blank =
          resource.getValues() == null
              || resource.getValues().isEmpty()
              || resource.getValues().stream().anyMatch(value -> value == null || value.isBlank());
      if (blank) {
        findings.add("the resource '" + name + "' has no value or an empty one");
      } else if (resource.getValues().stream().anyMatch(StrictPolicy::hasForeignMacro)) {
        findings.add("the resource '" + name + "' holds an expression nobody resolves");
      }
    });
  }

  private void accessItems(RangerPolicy policy, int type, List<String> findings) {
    List<RangerPolicyItem> giving = items(policy.getPolicyItems());
    List<RangerPolicyItem> taking = new ArrayList<>();
    taking.addAll(items(policy.getDenyPolicyItems()));
    taking.addAll(items(policy.getAllowExceptions()));
    taking.addAll(items(policy.getDenyExceptions()));
    if (type != RangerPolicy.POLICY_TYPE_ACCESS && !(giving.isEmpty() && taking.isEmpty())) {
      findings.add("a mask or filter policy has no access items; Ranger would ignore them");
    }
    giving.forEach(item -> item(item, findings));
    taking.forEach(item -> protectingItem(item, findings));
  }

  private void maskItems(RangerPolicy policy, int type, List<String> findings) {
    List<RangerDataMaskPolicyItem> masks = items(policy.getDataMaskPolicyItems());
    if (masks.isEmpty() == (type == RangerPolicy.POLICY_TYPE_DATAMASK)) {
      findings.add("dataMaskPolicyItems belong to policyType 1, and it needs them");
    }
    for (RangerDataMaskPolicyItem item : masks) {
      protectingItem(item, findings);
      String mask = item.getDataMaskInfo() == null ? "" : item.getDataMaskInfo().getDataMaskType();
      if (mask == null || !maskTypes.contains(mask)) {
        findings.add("there is no mask type '" + mask + "'");
        continue;
      }
      if (notBlank(item.getDataMaskInfo().getConditionExpr())) {
        findings.add("conditionExpr is not evaluated by anyone; write it into a CUSTOM mask");
      }
      if (ownMasks) {
        argument(mask, item.getDataMaskInfo().getValueExpr(), findings);
      }
    }
  }

  private static void argument(String mask, @Nullable String value, List<String> findings) {
    boolean takesArgument = MaskKind.ofRangerName(mask).map(MaskKind::takesArgument).orElse(false);
    if (takesArgument != notBlank(value)) {
      findings.add(
          takesArgument
              ? "the mask " + mask + " needs its valueExpr"
              : "the mask " + mask + " ignores valueExpr; remove it");
    }
  }

  private void filterItems(RangerPolicy policy, int type, List<String> findings) {
    List<RangerRowFilterPolicyItem> filters = items(policy.getRowFilterPolicyItems());
    if (filters.isEmpty() == (type == RangerPolicy.POLICY_TYPE_ROWFILTER)) {
      findings.add("rowFilterPolicyItems belong to policyType 2, and it needs them");
    }
    for (RangerRowFilterPolicyItem item : filters) {
      protectingItem(item, findings);
      @Nullable String filter =
          item.getRowFilterInfo() == null ? null : item.getRowFilterInfo().getFilterExpr();
      if (filter == null || filter.isBlank()) {
        findings.add("a row filter without filterExpr filters nothing");
      } else if (hasForeignMacro(ATTRIBUTE.matcher(filter).replaceAll(""))) {
        findings.add("in filterExpr only ${{USER.name}} is resolved");
      }
    }
  }

  /// An item that gives nothing to nobody is harmless; one that should take away or protect is not.
  private void protectingItem(RangerPolicyItem item, List<String> findings) {
    if (items(item.getUsers()).isEmpty()
        && items(item.getGroups()).isEmpty()
        && items(item.getRoles()).isEmpty()) {
      findings.add("an item names nobody");
    }
    if (items(item.getAccesses()).isEmpty()) {
      findings.add("an item has no access type");
    }
    item(item, findings);
  }

  private void item(RangerPolicyItem item, List<String> findings) {
    items(item.getAccesses())
        .forEach(access -> {
          if (!accessTypes.contains(access.getType())) {
            findings.add("there is no access type '" + access.getType() + "'");
          }
          if (!Boolean.TRUE.equals(access.getIsAllowed())) {
            findings.add("isAllowed: false is ignored by Ranger; use denyPolicyItems");
          }
        });
    conditions(item.getConditions(), findings);
  }

  private void conditions(@Nullable List<RangerPolicyItemCondition> given, List<String> findings) {
    for (RangerPolicyItemCondition condition : items(given)) {
      @Nullable ConditionCheck check = conditions.get(condition.getType());
      if (check == null) {
        findings.add("there is no condition type '" + condition.getType() + "'");
      } else {
        check.usable(findings);
      }
      List<String> values = items(condition.getValues());
      if (values.isEmpty() || values.stream().anyMatch(value -> !notBlank(value))) {
        findings.add(
            "the condition '" + condition.getType() + "' has no value, which would always match");
      }
    }
  }

  private static boolean hasForeignMacro(String text) {
    return text.contains("${{");
  }

  private static boolean notBlank(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static <T> List<T> items(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> Set<String> names(@Nullable Collection<T> all, Function<T, String> name) {
    return all == null
        ? Set.of()
        : all.stream().map(name).collect(Collectors.toCollection(HashSet::new));
  }
}
