package dev.remit.policy.ranger;

import dev.remit.policy.expression.PolicyText;
import dev.remit.policy.rules.MaskSpec;

/// What a matching policy imposes. Every matching one counts; none is picked.
public sealed interface Obligation {
  long policyId();

  String policyName();

  /// The column is shown through this mask.
  record Mask(long policyId, String policyName, MaskSpec mask) implements Obligation {}

  /// Only rows that satisfy this expression are shown.
  record Filter(long policyId, String policyName, PolicyText filter) implements Obligation {}
}
