package dev.remit.proxy.edge;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each user has open, over all event loops; at most her share.
public final class UserConnections {
  private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();
  private final int maximum;

  /// @param maximum of one user
  public UserConnections(int maximum) {
    this.maximum = maximum;
  }

  /// Counts one more; [#left] takes it back.
  ///
  /// @throws RemitException TOO_MANY_CONNECTIONS
  void entered(String user) {
    int now = open.merge(user, 1, Integer::sum);
    if (now > maximum) {
      left(user);
      throw new RemitException(
          ErrorCode.TOO_MANY_CONNECTIONS,
          "you have "
              + maximum
              + " connections open, as many as one user may; close some, or ask for a larger"
              + " wire.userShare");
    }
  }

  void left(String user) {
    open.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
  }
}
