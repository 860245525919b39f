package dev.remit.policy.ranger;

/// Whether a column may be read, and which policy determined it.
///
/// @param policyId the determining policy, or -1 when none matched, which denies
public record AccessVerdict(boolean allowed, long policyId, String policyName) {}
