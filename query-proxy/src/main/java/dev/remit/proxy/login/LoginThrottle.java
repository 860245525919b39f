package dev.remit.proxy.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.time.Clock;
import java.time.Duration;

/// Slows down guessing: after five failures of one peer for one user each further try within the
/// next seconds is refused unseen, the pause doubling up to a minute; a hundred failures of one
/// peer for whatever users are met alike.
///
/// Safe for all event loops. Bounded: the least used peers are forgotten first.
public final class LoginThrottle {
  private static final int FAILURES_PER_USER = 5;
  private static final int FAILURES_PER_PEER = 100;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private record Failures(int count, long lastMillis) {}

  private final Clock clock;
  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  public LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /// @throws RemitException TOO_MANY_REQUESTS while the pause lasts
  public void check(String peer, String user) {
    check(peer + "\0" + user, FAILURES_PER_USER);
    check(peer, FAILURES_PER_PEER);
  }

  public void failed(String peer, String user) {
    count(peer + "\0" + user);
    count(peer);
  }

  public void succeeded(String peer, String user) {
    failures.invalidate(peer + "\0" + user);
  }

  private void check(String key, int allowed) {
    Failures seen = failures.getIfPresent(key);
    if (seen == null || seen.count < allowed) {
      return;
    }
    long pause = Math.min(LONGEST_PAUSE_MILLIS, 1_000L << Math.min(seen.count - allowed, 6));
    if (clock.millis() - seen.lastMillis < pause) {
      throw new RemitException(
          ErrorCode.TOO_MANY_REQUESTS,
          "too many failed log-ins; wait " + (pause + 999) / 1_000 + " seconds and try again");
    }
  }

  private void count(String key) {
    long now = clock.millis();
    failures
        .asMap()
        .merge(key, new Failures(1, now), (old, one) -> new Failures(old.count + 1, now));
  }
}
