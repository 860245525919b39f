package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.LogEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: without anybody asking, a log that grows is signed, and bodies end when their time is up.
/// Method: an interval of ten milliseconds, and entries from before and after the period.
class UpkeepTest {
  private static final Duration EVERY = Duration.ofMillis(10);
  @TempDir Path folder;
  private LogFixture fixture;

  @BeforeEach
  void createDatabase() {
    fixture = new LogFixture(folder);
  }

  @AfterEach
  void dropDatabase() {
    fixture.close();
  }

  @Test
  void aLogThatGrewIsSignedAndOneThatDidNotIsNotSignedAgain() throws Exception {
    try (EvidenceLog log = fixture.open();
        AutoCloseable upkeep = log.keepUp(EVERY, Period.ofYears(2))) {
      assertThat(upkeep).isNotNull();
      EvidenceLogTest.appendMany(log, 3);
      LogFixture.await(() -> signed("max(size)") == 3);
      EvidenceLogTest.appendMany(log, 2);
      LogFixture.await(() -> signed("max(size)") == 5);
      long checkpoints = signed("count(*)");
      LogFixture.await(() -> passed(10));
      assertThat(signed("count(*)")).isEqualTo(checkpoints);
    }
  }

  @Test
  void bodiesOlderThanThePeriodEndAndTheirProofsStay() throws Exception {
    try (EvidenceLog log = fixture.open();
        AutoCloseable upkeep = log.keepUp(EVERY, Period.ofDays(30))) {
      assertThat(upkeep).isNotNull();
      long old = log.append(entryOf(LogFixture.CLOCK.instant().minus(Duration.ofDays(31)))).join();
      long young =
          log.append(entryOf(LogFixture.CLOCK.instant().minus(Duration.ofDays(29)))).join();
      LogFixture.await(() -> log.entry(old).disclosures().isEmpty());
      assertThat(log.entry(young).disclosures()).isPresent();
      assertThat(log.inclusionProof(old, 2).path()).hasSize(1);
    }
  }

  private static LogEntry entryOf(Instant time) {
    return new LogEntry("test.noted", time, Map.of("note", "kept for a while"));
  }

  private long signed(String what) {
    return fixture
        .database
        .sql()
        .fetchSingle("select coalesce(" + what + ", 0) from evidence.checkpoint")
        .get(0, Long.class);
  }

  private final Instant begun = Instant.now();

  /// Whether this many intervals have gone by since the test began.
  private boolean passed(int intervals) {
    return Instant.now().isAfter(begun.plus(EVERY.multipliedBy(intervals)).plusMillis(200));
  }
}
