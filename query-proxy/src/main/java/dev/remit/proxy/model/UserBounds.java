package dev.remit.proxy.model;

import java.time.Duration;

/// What one user may take from the others, and for how long.
///
/// @param share in percent, of the connections of clients and of those to each source
/// @param statement longest time of one statement, enforced by the source
/// @param idleInTransaction longest time that a transaction may hold a connection and ask nothing
public record UserBounds(int share, Duration statement, Duration idleInTransaction) {

  /// What holds unless the configuration says otherwise.
  public static UserBounds standard() {
    return new UserBounds(75, Duration.ofMinutes(10), Duration.ofMinutes(5));
  }

  /// Her part of a maximum, at least one.
  public int shareOf(int maximum) {
    return (int) Math.max(1, (long) maximum * share / 100);
  }
}
