package dev.remit.proxy.model;

import dev.remit.policy.model.PolicyValue;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A query that obeys the decision and may be sent to the source, by the extended protocol only.
///
/// @param sql one statement; the client's parameters are `$1` to `$n`, the policy's follow from
///   `$n+1`
/// @param clientParameters n
/// @param policyValues bound in order after the client's, as text: those of the policy, then
///   literals of the client that fix a key
/// @param access what the access record will say
/// @param epoch under which it was decided; an older one than the current must be planned again
///   before Execute
/// @param originalPosition maps a 1-based character position in `sql` to one in the client's text,
///   0 when there is none
public record GovernedQuery(
    String sql,
    int clientParameters,
    List<PolicyValue> policyValues,
    AccessSummary access,
    long epoch,
    IntUnaryOperator originalPosition) {
  public GovernedQuery {
    policyValues = List.copyOf(policyValues);
  }
}
