package dev.remit.policy.model;

/// One reason of a decision: which policy determined which obligation.
///
/// @param policyId identifier of the policy, or -1 where the absence of any policy determined it
/// @param effect for example `allow`, `deny`, `mask email with token`, `rows where region = EU`
public record Determination(long policyId, String policyName, String effect) {}
