package dev.remit.policy.ranger;

import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.expression.PolicyText;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import dev.remit.policy.rules.ShortPolicyReader;
import dev.remit.policy.rules.StoredPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerDataMaskPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemDataMaskInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemRowFilterInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerRowFilterPolicyItem;
import org.apache.ranger.plugin.policyengine.RangerAccessResult;
import org.apache.ranger.plugin.util.ServicePolicies;

/// The policies of one source, compiled into one engine. Immutable, safe for many threads.
///
/// Each mask or filter item is loaded as a policy of its own under an internal id, and what it
/// imposes is kept beside the engine: Ranger says whether it matches, never what it reads.
public final class RangerPolicies {
  private final EmbeddedEngine engine;
  private final Map<Long, StoredPolicy> origins;
  private final Map<Long, Obligation> obligations;

  private RangerPolicies(
      EmbeddedEngine engine, Map<Long, StoredPolicy> origins, Map<Long, Obligation> obligations) {
    this.engine = engine;
    this.origins = Map.copyOf(origins);
    this.obligations = Map.copyOf(obligations);
  }

  /// Compiles all policies of a source. Errors: INVALID_POLICY, and then nothing of the set holds.
  public static RangerPolicies compile(SourceName source, List<StoredPolicy> policies) {
    Compilation compilation = new Compilation();
    for (StoredPolicy policy : policies) {
      try {
        read(source, policy).forEach(ranger -> compilation.add(policy, ranger));
      } catch (IllegalArgumentException mistake) {
        throw new RemitException(
            ErrorCode.INVALID_POLICY,
            "policy '" + policy.name() + "': " + mistake.getMessage(),
            mistake);
      }
    }
    ServicePolicies service = new ServicePolicies();
    service.setServiceName(source.value());
    service.setServiceDef(ServiceDefinition.hardened());
    service.setPolicyVersion(1L);
    service.setPolicies(compilation.loaded);
    return new RangerPolicies(
        new EmbeddedEngine(service), compilation.origins, compilation.obligations);
  }

  private static List<RangerPolicy> read(SourceName source, StoredPolicy policy) {
    return switch (policy.form()) {
      case SHORT ->
          ShortTranslation.translate(source.value(), ShortPolicyReader.read(policy.definition()));
      case RANGER -> List.of();
    };
  }

  /// Whether the column may be read.
  public AccessVerdict access(ColumnQuestion question) {
    RangerAccessResult result = engine.access(question);
    StoredPolicy origin = origins.get(result.getPolicyId());
    if (origin == null) {
      return new AccessVerdict(false, -1, "no policy");
    }
    return new AccessVerdict(
        result.getIsAccessDetermined() && result.getIsAllowed(), origin.id(), origin.name());
  }

  /// Every mask that matches the column.
  public List<Obligation.Mask> masks(ColumnQuestion question) {
    List<Obligation.Mask> masks = new ArrayList<>();
    for (Long id : engine.matching(question, RangerPolicy.POLICY_TYPE_DATAMASK)) {
      masks.add((Obligation.Mask) Objects.requireNonNull(obligations.get(id)));
    }
    return masks;
  }

  /// Every row filter that matches the table.
  public List<Obligation.Filter> filters(ColumnQuestion question) {
    List<Obligation.Filter> filters = new ArrayList<>();
    for (Long id : engine.matching(question, RangerPolicy.POLICY_TYPE_ROWFILTER)) {
      filters.add((Obligation.Filter) Objects.requireNonNull(obligations.get(id)));
    }
    return filters;
  }

  /// Takes policies apart and numbers the parts.
  private static final class Compilation {
    private final List<RangerPolicy> loaded = new ArrayList<>();
    private final Map<Long, StoredPolicy> origins = new HashMap<>();
    private final Map<Long, Obligation> obligations = new HashMap<>();

    void add(StoredPolicy origin, RangerPolicy policy) {
      switch (policy.getPolicyType()) {
        case RangerPolicy.POLICY_TYPE_DATAMASK ->
            policy.getDataMaskPolicyItems().forEach(item -> addMask(origin, policy, item));
        case RangerPolicy.POLICY_TYPE_ROWFILTER ->
            policy.getRowFilterPolicyItems().forEach(item -> addFilter(origin, policy, item));
        default -> load(origin, policy);
      }
    }

    private void addMask(StoredPolicy origin, RangerPolicy policy, RangerDataMaskPolicyItem item) {
      MaskKind kind = MaskKind.ofRangerName(item.getDataMaskInfo().getDataMaskType()).orElseThrow();
      String argument =
          kind.takesArgument()
              ? Objects.requireNonNullElse(item.getDataMaskInfo().getValueExpr(), "")
              : "";
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
      long id = load(origin, part);
      obligations.put(
          id, new Obligation.Mask(origin.id(), origin.name(), new MaskSpec(kind, argument)));
    }

    private void addFilter(
        StoredPolicy origin, RangerPolicy policy, RangerRowFilterPolicyItem item) {
      String text = item.getRowFilterInfo().getFilterExpr();
      RangerPolicy part = part(policy);
      part.setRowFilterPolicyItems(
          List.of(
              new RangerRowFilterPolicyItem(
                  new RangerPolicyItemRowFilterInfo("matched"),
                  item.getAccesses(),
                  item.getUsers(),
                  item.getGroups(),
                  item.getRoles(),
                  item.getConditions(),
                  false)));
      long id = load(origin, part);
      obligations.put(id, new Obligation.Filter(origin.id(), origin.name(), PolicyText.read(text)));
    }

    private static RangerPolicy part(RangerPolicy policy) {
      RangerPolicy part = new RangerPolicy();
      part.updateFrom(policy);
      part.setDataMaskPolicyItems(List.of());
      part.setRowFilterPolicyItems(List.of());
      return part;
    }

    private long load(StoredPolicy origin, RangerPolicy policy) {
      long id = loaded.size() + 1L;
      policy.setId(id);
      policy.setVersion(1L);
      policy.setName(id + " " + origin.name());
      loaded.add(policy);
      origins.put(id, origin);
      return id;
    }
  }
}
