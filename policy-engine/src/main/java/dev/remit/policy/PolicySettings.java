package dev.remit.policy;

import java.time.Duration;
import java.util.Set;

/// Bounds and defaults of the policy engine.
///
/// @param scramIterations of PBKDF2 for new passwords and tokens, at least 4096
/// @param longestTokenLife upper bound of a token's time to live
/// @param cachedDecisions most table decisions kept; the least used ones go first
/// @param notPersonal parts of the taxonomy that are no personal data; every other tag is
/// @param guardedRoles who has one of these is for its holders to say, and nobody else acts in
///   their names
public record PolicySettings(
    int scramIterations,
    Duration longestTokenLife,
    int cachedDecisions,
    Set<String> notPersonal,
    Set<String> guardedRoles) {

  public static final PolicySettings DEFAULTS =
      new PolicySettings(
          4096, Duration.ofHours(24), 100_000, Set.of("business", "technical"), Set.of());

  public PolicySettings {
    notPersonal = Set.copyOf(notPersonal);
    guardedRoles = Set.copyOf(guardedRoles);
  }

  /// The same, with this role guarded.
  public PolicySettings guarding(String role) {
    return new PolicySettings(
        scramIterations, longestTokenLife, cachedDecisions, notPersonal, Set.of(role));
  }
}
