package dev.remit.policy.ranger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.model.RangerPolicy.RangerDataMaskPolicyItem;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemAccess;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemCondition;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyItemDataMaskInfo;
import org.apache.ranger.plugin.model.RangerPolicy.RangerPolicyResource;
import org.apache.ranger.plugin.model.RangerServiceDef;
import org.apache.ranger.plugin.util.ServicePolicies;
import org.junit.jupiter.api.Test;

/// Goal: an engine that would not apply a mask, or would apply it for every purpose, is found out
/// before it decides anything.
class ProbeTest {
  private static RangerPolicy mask() {
    RangerPolicy mask = new RangerPolicy();
    mask.setId(1L);
    mask.setPolicyType(RangerPolicy.POLICY_TYPE_DATAMASK);
    mask.setResources(
        Map.of(
            "catalog", new RangerPolicyResource("crm"),
            "schema", new RangerPolicyResource("public"),
            "table", new RangerPolicyResource("customers"),
            "column", new RangerPolicyResource("email")));
    mask.setDataMaskPolicyItems(
        List.of(
            new RangerDataMaskPolicyItem(
                List.of(new RangerPolicyItemAccess("select", true)),
                new RangerPolicyItemDataMaskInfo("MASK_NULL", null, null),
                List.of(),
                List.of("analysts"),
                List.of(),
                List.of(new RangerPolicyItemCondition("purpose-in", List.of("analytics"))),
                false)));
    return mask;
  }

  private static Probe probe(RangerServiceDef definition, RangerPolicy... policies) {
    ServicePolicies service = new ServicePolicies();
    service.setServiceName("crm");
    service.setServiceDef(definition);
    service.setPolicies(List.of(policies));
    return new Probe(new EmbeddedEngine(service));
  }

  @Test
  void aMaskTheEngineUnderstandsPasses() {
    probe(ServiceDefinition.hardened(), mask()).check(mask());
  }

  @Test
  void aMaskTheEngineDoesNotApplyIsFound() {
    Probe probe = probe(ServiceDefinition.hardened());
    assertThatThrownBy(() -> probe.check(mask())).hasMessageContaining("does not apply");
  }

  @Test
  void aConditionThatRangerDropsIsFound() {
    RangerServiceDef withoutConditions = ServiceDefinition.hardened();
    withoutConditions.setPolicyConditions(List.of());
    Probe probe = probe(withoutConditions, mask());
    assertThatThrownBy(() -> probe.check(mask()))
        .hasMessageContaining("a purpose it does not name");
  }
}
