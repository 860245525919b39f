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

  /// @param pending begun and not decided yet
  private record Tries(int failures, int pending, long lastMillis) {
    Tries begun(long now, int allowed) {
      return new Tries(failures, pending + 1, failures < allowed ? lastMillis : now);
    }

    Tries ended(int moreFailures, long now) {
      return new Tries(
          failures + moreFailures, Math.max(0, pending - 1), moreFailures == 0 ? lastMillis : now);
    }
  }

  private final Clock clock;
  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  public LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /// Begins a try, which counts until [#failed], [#succeeded] or [#abandoned] ends it: after a
  /// first failure no more are under way at a time than may still fail.
  ///
  /// @throws RemitException TOO_MANY_REQUESTS while the pause lasts
  public void begin(String peer, String user) {
    begin(ofUser(peer, user), FAILURES_PER_USER);
    try {
      begin(peer, FAILURES_PER_PEER);
    } catch (RemitException tooMany) {
      end(ofUser(peer, user), 0);
      throw tooMany;
    }
  }

  public void failed(String peer, String user) {
    end(ofUser(peer, user), 1);
    end(peer, 1);
  }

  public void succeeded(String peer, String user) {
    tries
        .asMap()
        .computeIfPresent(
            ofUser(peer, user),
            (key, seen) -> seen.pending > 1 ? new Tries(0, seen.pending - 1, 0) : null);
    end(peer, 0);
  }

  /// The client left before it was decided.
  public void abandoned(String peer, String user) {
    end(ofUser(peer, user), 0);
    end(peer, 0);
  }

  private void begin(String key, int allowed) {
    long now = clock.millis();
    var unused =
        tries
            .asMap()
            .compute(
                key,
                (same, seen) -> {
                  if (seen == null) {
                    return new Tries(0, 1, now);
                  }
                  requireTurn(seen, allowed, now);
                  return seen.begun(now, allowed);
                });
  }

  private static void requireTurn(Tries seen, int allowed, long now) {
    long pause =
        seen.failures < allowed
            ? 0
            : Math.min(LONGEST_PAUSE_MILLIS, 1_000L << Math.min(seen.failures - allowed, 6));
    boolean crowded =
        seen.failures > 0 && seen.pending > 0 && seen.failures + seen.pending >= allowed;
    if (crowded || now - seen.lastMillis < pause) {
      throw new RemitException(
          ErrorCode.TOO_MANY_REQUESTS,
          "too many failed log-ins; wait "
              + Math.max(1, (pause + 999) / 1_000)
              + " seconds and try again");
    }
  }

  private void end(String key, int failures) {
    long now = clock.millis();
    var unused = tries.asMap().computeIfPresent(key, (same, seen) -> seen.ended(failures, now));
  }

  private static String ofUser(String peer, String user) {
    return peer + "\0" + user;
  }
}
