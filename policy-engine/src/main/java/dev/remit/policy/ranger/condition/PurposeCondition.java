package dev.remit.policy.ranger.condition;

import java.util.List;
import org.apache.ranger.plugin.conditionevaluator.RangerAbstractConditionEvaluator;
import org.apache.ranger.plugin.policyengine.RangerAccessRequest;

/// Matches when the request's purpose is one of the condition's values. Unlike Ranger's own
/// evaluator it does not match when the request has no purpose or the condition has no value.
///
/// Public because Ranger makes it by its class name.
public final class PurposeCondition extends RangerAbstractConditionEvaluator {
  public static final String NAME = "purpose-in";
  public static final String CONTEXT_KEY = "remit.purpose";

  @Override
  public boolean isMatched(RangerAccessRequest request) {
    List<String> values = condition.getValues();
    return values != null
        && request.getContext().get(CONTEXT_KEY) instanceof String purpose
        && values.contains(purpose);
  }
}
