package dev.remit.policy.ranger;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import dev.remit.policy.rules.MaskKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ranger.plugin.model.RangerServiceDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerDataMaskTypeDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerPolicyConditionDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerResourceDef;

/// Ranger's own definition of the trino service, hardened for PostgreSQL sources.
///
/// Names are case-sensitive and taken literally apart from wildcards, deny items count, the purpose
/// and the tags are conditions, and no mask has a transformer text: masks are Remit's own.
final class ServiceDefinition {
  private static final String RESOURCE = "/service-defs/ranger-servicedef-trino.json";

  private ServiceDefinition() {}

  static RangerServiceDef hardened() {
    RangerServiceDef definition = shipped();
    definition.getResources().forEach(ServiceDefinition::literalNames);
    definition.getDataMaskDef().getResources().forEach(ServiceDefinition::literalNames);
    definition.getRowFilterDef().getResources().forEach(ServiceDefinition::literalNames);
    definition.setPolicyConditions(
        List.of(
            condition(1L, PurposeCondition.NAME, PurposeCondition.class),
            condition(2L, TaggedCondition.NAME, TaggedCondition.class)));
    definition.getDataMaskDef().setMaskTypes(maskTypes());
    Map<String, String> options = new HashMap<>();
    options.put(RangerServiceDef.OPTION_ENABLE_DENY_AND_EXCEPTIONS_IN_POLICIES, "true");
    definition.setOptions(options);
    return definition;
  }

  private static RangerServiceDef shipped() {
    try (InputStream json =
        Objects.requireNonNull(
            RangerServiceDef.class.getResourceAsStream(RESOURCE),
            "Ranger's jar lacks " + RESOURCE)) {
      return new ObjectMapper().readValue(json, RangerServiceDef.class);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read Ranger's definition " + RESOURCE, failure);
    }
  }

  private static void literalNames(RangerResourceDef resource) {
    Map<String, String> options = new HashMap<>();
    options.put("wildCard", "true");
    options.put("ignoreCase", "false");
    options.put("replaceTokens", "false");
    options.put("replaceReqExpressions", "false");
    resource.setMatcherOptions(options);
  }

  private static RangerPolicyConditionDef condition(long id, String name, Class<?> evaluator) {
    RangerPolicyConditionDef condition = new RangerPolicyConditionDef();
    condition.setItemId(id);
    condition.setName(name);
    condition.setEvaluator(evaluator.getName());
    return condition;
  }

  private static List<RangerDataMaskTypeDef> maskTypes() {
    List<RangerDataMaskTypeDef> types = new ArrayList<>();
    for (MaskKind kind : MaskKind.values()) {
      RangerDataMaskTypeDef type = new RangerDataMaskTypeDef();
      type.setItemId(types.size() + 1L);
      type.setName(kind.rangerName());
      type.setLabel(kind.shortName());
      types.add(type);
    }
    return types;
  }
}
