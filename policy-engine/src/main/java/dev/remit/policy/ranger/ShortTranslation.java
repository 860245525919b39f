package dev.remit.policy.ranger;

import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import dev.remit.policy.rules.MaskRule;
import dev.remit.policy.rules.ShortPolicy;
import dev.remit.policy.rules.TablePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerDataMaskPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemAccess;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemDataMaskInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemRowFilterInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.apache.ranger.plugin.model.RangerPolicy.RangerRowFilterPolicyItem;

/// Writes a short policy as Ranger policies: one for access, one per mask, one for the rows.
///
/// Several tables become additional resources of the same policies. A mask by tag covers every
/// column and carries the condition `tagged`, so that a column tagged tomorrow is masked tomorrow.
final class ShortTranslation {
  private ShortTranslation() {}

  static List<RangerPolicy> translate(String source, ShortPolicy policy) {
    List<RangerPolicy> translated = new ArrayList<>();
    translated.add(access(source, policy));
    for (MaskRule mask : policy.masks()) {
      translated.add(mask(source, policy, mask));
    }
    policy.rows().ifPresent(rows -> translated.add(rows(source, policy, rows)));
    return translated;
  }

  private static RangerPolicy access(String source, ShortPolicy policy) {
    RangerPolicy access = policy(RangerPolicy.POLICY_TYPE_ACCESS, source, policy, policy.columns());
    RangerPolicyItem item = principals(new RangerPolicyItem(), policy, Set.of());
    if (policy.deny()) {
      access.setDenyPolicyItems(List.of(item));
    } else {
      access.setPolicyItems(List.of(item));
    }
    return access;
  }

  private static RangerPolicy mask(String source, ShortPolicy policy, MaskRule rule) {
    List<String> columns = rule.columns().isEmpty() ? List.of("*") : rule.columns();
    RangerPolicy mask = policy(RangerPolicy.POLICY_TYPE_DATAMASK, source, policy, columns);
    RangerDataMaskPolicyItem item =
        principals(new RangerDataMaskPolicyItem(), policy, Set.copyOf(rule.tags()));
    item.setDataMaskInfo(
        new RangerPolicyItemDataMaskInfo(
            rule.mask().kind().rangerName(), "", rule.mask().argument()));
    mask.setDataMaskPolicyItems(List.of(item));
    return mask;
  }

  private static RangerPolicy rows(String source, ShortPolicy policy, String expression) {
    RangerPolicy rows = policy(RangerPolicy.POLICY_TYPE_ROWFILTER, source, policy, List.of());
    RangerRowFilterPolicyItem item = principals(new RangerRowFilterPolicyItem(), policy, Set.of());
    item.setRowFilterInfo(new RangerPolicyItemRowFilterInfo(expression));
    rows.setRowFilterPolicyItems(List.of(item));
    return rows;
  }

  private static RangerPolicy policy(
      int type, String source, ShortPolicy policy, List<String> columns) {
    RangerPolicy ranger = new RangerPolicy();
    ranger.setPolicyType(type);
    ranger.setName(policy.name());
    List<Map<String, RangerPolicyResource>> resources = new ArrayList<>();
    for (TablePattern table : policy.tables()) {
      Map<String, RangerPolicyResource> resource = new HashMap<>();
      resource.put("catalog", new RangerPolicyResource(source));
      resource.put("schema", new RangerPolicyResource(table.schema()));
      resource.put("table", new RangerPolicyResource(table.table()));
      if (!columns.isEmpty()) {
        resource.put("column", new RangerPolicyResource(columns, false, false));
      }
      resources.add(resource);
    }
    ranger.setResources(resources.removeFirst());
    ranger.setAdditionalResources(resources);
    return ranger;
  }

  private static <T extends RangerPolicyItem> T principals(
      T item, ShortPolicy policy, Set<String> tags) {
    item.setAccesses(List.of(new RangerPolicyItemAccess("select", true)));
    item.setUsers(List.copyOf(policy.users()));
    item.setGroups(List.copyOf(policy.groups()));
    item.setRoles(List.copyOf(policy.roles()));
    List<RangerPolicyItemCondition> conditions = new ArrayList<>();
    conditions.add(
        new RangerPolicyItemCondition(
            PurposeCondition.NAME, policy.purposes().stream().map(Object::toString).toList()));
    if (!tags.isEmpty()) {
      conditions.add(new RangerPolicyItemCondition(TaggedCondition.NAME, List.copyOf(tags)));
    }
    item.setConditions(conditions);
    return item;
  }
}
