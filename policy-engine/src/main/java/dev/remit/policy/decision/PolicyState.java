package dev.remit.policy.decision;

import dev.remit.catalog.model.SourceName;
import dev.remit.policy.principals.Accounts;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.StoredPolicy;
import java.util.List;
import java.util.Map;

/// Everything the store knows at one revision, ready to decide. Immutable.
///
/// @param stored policies as applied, by source
/// @param compiled the same, as engines; a source whose policies no longer compile is missing here
///   and everything of it is denied
public record PolicyState(
    long revision,
    Accounts accounts,
    Map<SourceName, List<StoredPolicy>> stored,
    Map<SourceName, RangerPolicies> compiled) {
  public PolicyState {
    stored = Map.copyOf(stored);
    compiled = Map.copyOf(compiled);
  }

  /// The source's policies, in the order they were first applied.
  public List<StoredPolicy> policies(SourceName source) {
    return stored.getOrDefault(source, List.of());
  }
}
