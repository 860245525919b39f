package dev.remit.policy.ranger.condition;

import java.util.List;
import java.util.Set;
import org.apache.ranger.plugin.conditionevaluator.RangerAbstractConditionEvaluator;
import org.apache.ranger.plugin.policyengine.RangerAccessRequest;

/// Matches when the column carries one of the condition's tags or one below it in the taxonomy. The
/// tags come with each request, from the catalog's present snapshot.
///
/// Public because Ranger makes it by its class name.
public final class TaggedCondition extends RangerAbstractConditionEvaluator {
  public static final String NAME = "tagged";
  public static final String CONTEXT_KEY = "remit.tags";

  @Override
  public boolean isMatched(RangerAccessRequest request) {
    List<String> values = condition.getValues();
    return values != null
        && request.getContext().get(CONTEXT_KEY) instanceof Set<?> tags
        && values.stream()
            .anyMatch(ancestor -> tags.stream().anyMatch(tag -> within(tag, ancestor)));
  }

  private static boolean within(Object tag, String ancestor) {
    return tag.equals(ancestor) || tag.toString().startsWith(ancestor + ".");
  }
}
