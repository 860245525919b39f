package dev.remit.proxy.upstream;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who holds the connections of one pool, and who waits for one.
///
/// The next connection goes to the waiting user who holds the fewest, among equals to the one who
/// waits longest; a user at her share waits for one of her own. So nobody waits behind the queue of
/// another user. Owned by the pool's event loop.
final class Borrowers {
  /// Of one user: what she asks for beyond is refused at once.
  static final int MAXIMUM_WAITING = 1_000;

  private final Map<String, Borrower> byUser = new HashMap<>();
  private long turns;

  /// One user's account.
  static final class Borrower {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int held;

    /// Connections lent to her, those included that are being cancelled.
    int held() {
      return held;
    }

    int waitingCount() {
      return waiting.size();
    }

    void lent() {
      held++;
    }

    void returned() {
      held--;
    }
  }

  /// @param turn grows with each waiter
  /// @param timer that ends the wait
  record Waiter(Borrower borrower, Promise<UpstreamConnection> promise, long turn, long timer) {}

  Borrower of(String user) {
    Borrower known = byUser.get(user);
    if (known == null) {
      known = new Borrower();
      byUser.put(user, known);
    }
    return known;
  }

  void enqueue(Borrower borrower, Promise<UpstreamConnection> promise, long timer) {
    borrower.waiting.addLast(new Waiter(borrower, promise, turns++, timer));
  }

  /// Takes out the one whose turn it is, null when each who waits holds her share.
  @Nullable Waiter next(int share) {
    Borrower chosen = null;
    for (Borrower borrower : byUser.values()) {
      if (!borrower.waiting.isEmpty()
          && borrower.held < share
          && (chosen == null || isBefore(borrower, chosen))) {
        chosen = borrower;
      }
    }
    return chosen == null ? null : chosen.waiting.pollFirst();
  }

  /// Takes out any, null when nobody waits.
  @Nullable Waiter any() {
    return next(Integer.MAX_VALUE);
  }

  /// How many of those who wait could be lent to without anybody holding more than her share.
  int waitingWithin(int share) {
    int count = 0;
    for (Borrower borrower : byUser.values()) {
      count += Math.max(0, Math.min(borrower.waiting.size(), share - borrower.held));
    }
    return count;
  }

  void remove(Borrower borrower, Promise<UpstreamConnection> promise) {
    borrower.waiting.removeIf(waiter -> waiter.promise == promise);
  }

  /// Forgets those who neither hold nor wait.
  void forgetIdle() {
    byUser.values().removeIf(borrower -> borrower.held == 0 && borrower.waiting.isEmpty());
  }

  private static boolean isBefore(Borrower one, Borrower other) {
    return one.held != other.held
        ? one.held < other.held
        : one.waiting.getFirst().turn < other.waiting.getFirst().turn;
  }
}
