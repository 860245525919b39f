package dev.remit.policy.ranger;

import dev.remit.policy.expression.PolicyText;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import dev.remit.policy.rules.StoredPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerDataMaskPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemDataMaskInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemRowFilterInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerRowFilterPolicyItem;

/// Takes policies apart into what the engine matches and what Remit imposes, and numbers the parts.
///
/// Used by one thread, for one set.
final class Compilation {
  private static final String MATCHED = "matched";

  final List<RangerPolicy> loaded = new ArrayList<>();
  final Map<Long, StoredPolicy> origins = new HashMap<>();
  final Map<Long, Obligation> obligations = new HashMap<>();
  final List<Reach> reaches = new ArrayList<>();

  /// Adds one policy; a text in it that cannot be read is an `IllegalArgumentException`.
  void add(StoredPolicy origin, RangerPolicy policy) {
    switch (Objects.requireNonNullElse(policy.getPolicyType(), RangerPolicy.POLICY_TYPE_ACCESS)) {
      case RangerPolicy.POLICY_TYPE_DATAMASK ->
          policy.getDataMaskPolicyItems().forEach(item -> addMask(origin, policy, item));
      case RangerPolicy.POLICY_TYPE_ROWFILTER ->
          policy.getRowFilterPolicyItems().forEach(item -> addFilter(origin, policy, item));
      default -> load(origin, policy, Optional.empty());
    }
  }

  private void addMask(StoredPolicy origin, RangerPolicy policy, RangerDataMaskPolicyItem item) {
    MaskKind kind = MaskKind.ofRangerName(item.getDataMaskInfo().getDataMaskType()).orElseThrow();
    String argument =
        kind.takesArgument()
            ? Objects.requireNonNullElse(item.getDataMaskInfo().getValueExpr(), "")
            : "";
    if (kind == MaskKind.CUSTOM) {
      PolicyText.read(argument);
    }
    RangerPolicy part = part(policy);
    part.setDataMaskPolicyItems(
        List.of(
            new RangerDataMaskPolicyItem(
                item.getAccesses(),
                new RangerPolicyItemDataMaskInfo(kind.rangerName(), null, null),
                item.getUsers(),
                item.getGroups(),
                item.getRoles(),
                item.getConditions(),
                false)));
    MaskSpec mask = new MaskSpec(kind, argument);
    load(origin, part, Optional.of(new Obligation.Mask(origin.id(), origin.name(), mask)));
  }

  private void addFilter(StoredPolicy origin, RangerPolicy policy, RangerRowFilterPolicyItem item) {
    PolicyText text = PolicyText.read(item.getRowFilterInfo().getFilterExpr());
    RangerPolicy part = part(policy);
    part.setRowFilterPolicyItems(
        List.of(
            new RangerRowFilterPolicyItem(
                new RangerPolicyItemRowFilterInfo(MATCHED),
                item.getAccesses(),
                item.getUsers(),
                item.getGroups(),
                item.getRoles(),
                item.getConditions(),
                false)));
    load(origin, part, Optional.of(new Obligation.Filter(origin.id(), origin.name(), text)));
  }

  private static RangerPolicy part(RangerPolicy policy) {
    RangerPolicy part = new RangerPolicy();
    part.updateFrom(policy);
    part.setDataMaskPolicyItems(List.of());
    part.setRowFilterPolicyItems(List.of());
    return part;
  }

  private void load(StoredPolicy origin, RangerPolicy policy, Optional<Obligation> obligation) {
    long id = loaded.size() + 1L;
    policy.setId(id);
    policy.setVersion(1L);
    policy.setName(id + " " + origin.name());
    loaded.add(policy);
    origins.put(id, origin);
    obligation.ifPresent(imposed -> obligations.put(id, imposed));
    reaches.add(Reach.of(policy, origin.name(), obligation));
  }
}
