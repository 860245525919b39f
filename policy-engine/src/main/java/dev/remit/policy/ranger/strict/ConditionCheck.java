package dev.remit.policy.ranger.strict;

import dev.remit.policy.ranger.condition.PurposeCondition;
import dev.remit.policy.ranger.condition.TaggedCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ranger.plugin.conditionevaluator.RangerHiveResourcesAccessedTogetherCondition;
import org.apache.ranger.plugin.conditionevaluator.RangerTagsAllPresentConditionEvaluator;
import org.apache.ranger.plugin.model.RangerServiceDef;
import org.apache.ranger.plugin.model.RangerServiceDef.RangerPolicyConditionDef;
import org.jspecify.annotations.Nullable;

/// Whether a condition's evaluator may be used: it is on the list of those that say no when the
/// request lacks what they look at.
///
/// Not on it, because they match then (facts: Ranger's `conditionevaluator` package): the IP
/// matcher without an address, the time-of-day matcher without a time, the context-attribute
/// conditions without the attribute, every script condition where no script engine is installed,
/// and any class that cannot be loaded, which Ranger drops with a log line.
record ConditionCheck(String name, @Nullable String evaluator) {
  private static final Set<String> CLOSED_WITHOUT_INPUT =
      Set.of(
          PurposeCondition.class.getName(),
          TaggedCondition.class.getName(),
          RangerTagsAllPresentConditionEvaluator.class.getName(),
          RangerHiveResourcesAccessedTogetherCondition.class.getName());

  static Map<String, ConditionCheck> of(RangerServiceDef definition) {
    Map<String, ConditionCheck> checks = new HashMap<>();
    if (definition.getPolicyConditions() != null) {
      for (RangerPolicyConditionDef condition : definition.getPolicyConditions()) {
        checks.put(
            condition.getName(), new ConditionCheck(condition.getName(), condition.getEvaluator()));
      }
    }
    return checks;
  }

  void usable(List<String> findings) {
    if (evaluator == null || !CLOSED_WITHOUT_INPUT.contains(evaluator)) {
      findings.add(
          "the condition '"
              + name
              + "' is evaluated by "
              + evaluator
              + ", which is missing or matches when it cannot tell");
    }
  }
}
