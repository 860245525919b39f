package dev.remit.proxy.edge;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Who may come in, over all event loops: sessions are bounded, and apart from them those who have
/// not proven yet who they are, so that silent sockets keep nobody out who has.
public final class Admission {
  private static final int LOGINS_OF_ONE_PEER = 200;

  private final int maximum;
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger logins = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> loginsByPeer = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /// @param maximum of sessions
  public Admission(int maximum) {
    this.maximum = maximum;
  }

  /// Sessions open.
  public int sessions() {
    return sessions.get();
  }

  /// From now on nothing new begins.
  public void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  static RemitException stopped() {
    return new RemitException(ErrorCode.SHUTTING_DOWN, "the proxy is shutting down");
  }

  /// Counts one who begins to log in; [#left] takes it back, whether this throws or not.
  ///
  /// @throws RemitException SHUTTING_DOWN or TOO_MANY_CONNECTIONS
  void knocked(String peer) {
    int all = logins.incrementAndGet();
    int ofPeer = loginsByPeer.merge(peer, 1, Integer::sum);
    if (stopping) {
      throw stopped();
    }
    if (ofPeer > LOGINS_OF_ONE_PEER || all > Math.max(maximum, LOGINS_OF_ONE_PEER)) {
      throw new RemitException(
          ErrorCode.TOO_MANY_CONNECTIONS,
          "too many clients are logging in at this moment; try again in a few seconds");
    }
  }

  void left(String peer) {
    logins.decrementAndGet();
    loginsByPeer.computeIfPresent(peer, (same, count) -> count == 1 ? null : count - 1);
  }

  /// Counts one more session; [#ended] takes it back.
  ///
  /// @throws RemitException TOO_MANY_CONNECTIONS
  void entered() {
    if (sessions.incrementAndGet() > maximum) {
      sessions.decrementAndGet();
      throw new RemitException(
          ErrorCode.TOO_MANY_CONNECTIONS,
          "sorry, too many clients already; the bound is " + maximum);
    }
  }

  void ended() {
    sessions.decrementAndGet();
  }
}
