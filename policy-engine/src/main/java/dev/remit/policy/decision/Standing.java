package dev.remit.policy.decision;

import dev.remit.catalog.model.PurposeCode;
import java.util.Map;
import java.util.Set;

/// What of a caller and her purpose the policies of one table can tell apart. Callers of equal
/// standing get one decision.
///
/// @param user her name when a policy names it, else empty
/// @param groups those of hers that a policy names
/// @param roles those of hers that a policy names
/// @param attributes those of hers that a filter or the table's residency reads
record Standing(
    PurposeCode purpose,
    String user,
    Set<String> groups,
    Set<String> roles,
    Map<String, String> attributes) {}
