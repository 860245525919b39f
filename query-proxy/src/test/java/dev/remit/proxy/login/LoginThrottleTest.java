package dev.remit.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.error.RemitException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Goal: trying many passwords at the same time gains nothing over trying them one after the other.
class LoginThrottleTest {
  private final Hand clock = new Hand();
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void afterAFailureNoMoreAreUnderWayThanMayStillFail() {
    throttle.begin("peer", "user");
    throttle.failed("peer", "user");
    assertThat(begun(100)).isEqualTo(4);
  }

  @Test
  void afterThePauseOneTryIsTaken() {
    for (int i = 0; i < 5; i++) {
      throttle.begin("peer", "user");
      throttle.failed("peer", "user");
    }
    assertThat(begun(100)).isZero();
    clock.now = clock.now.plusSeconds(2);
    assertThat(begun(100)).isEqualTo(1);
    throttle.failed("peer", "user");
    clock.now = clock.now.plusMillis(1_500);
    assertThat(begun(100)).isZero();
  }

  @Test
  void whoLogsInRightMayDoSoManyTimesAtOnce() {
    assertThat(begun(100)).isEqualTo(100);
  }

  @Test
  void aTryThatWasAbandonedLeavesRoomForAnother() {
    throttle.begin("peer", "user");
    throttle.failed("peer", "user");
    assertThat(begun(100)).isEqualTo(4);
    throttle.abandoned("peer", "user");
    assertThat(begun(100)).isEqualTo(1);
  }

  private int begun(int tries) {
    int begun = 0;
    for (int i = 0; i < tries; i++) {
      try {
        throttle.begin("peer", "user");
        begun++;
      } catch (RemitException tooMany) {
        assertThat(tooMany).hasMessageContaining("too many failed log-ins");
      }
    }
    return begun;
  }

  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
