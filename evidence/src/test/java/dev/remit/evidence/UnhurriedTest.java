package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: entries that nobody waits for become durable soon by themselves, at once together with one
/// that somebody waits for, and are not lost when the log is closed.
class UnhurriedTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void theyGoWithTheNextThatSomebodyWaitsFor() {
    LogFixture fixture = new LogFixture(folder);
    try (EvidenceLog log = open(fixture, LONG)) {
      CompletableFuture<Long> first = log.append(entry("first"), Urgency.UNHURRIED);
      CompletableFuture<Long> second = log.append(entry("second"), Urgency.UNHURRIED);
      CompletableFuture<Long> third = log.append(entry("third"), Urgency.AWAITED);
      assertThat(join(third)).isEqualTo(2);
      assertThat(List.of(join(first), join(second))).containsExactly(0L, 1L);
      assertThat(transactions(fixture)).isEqualTo(1);
    }
  }

  @Test
  void withoutSuchTheyWaitNoLongerThanTold() {
    try (EvidenceLog log = open(new LogFixture(folder), Duration.ofMillis(1))) {
      assertThat(join(log.append(entry("alone"), Urgency.UNHURRIED))).isZero();
    }
  }

  @Test
  void manyDoNotWaitForTheTimeToPass() {
    try (EvidenceLog log = open(new LogFixture(folder), LONG)) {
      LogEntry large =
          new LogEntry(
              "test.large", LogFixture.CLOCK.instant(), Map.of("text", "x".repeat(60_000)));
      CompletableFuture<Long> first = log.append(large, Urgency.UNHURRIED);
      for (int i = 0; i < 25; i++) {
        var unused = log.append(large, Urgency.UNHURRIED);
      }
      assertThat(join(first)).isZero();
    }
  }

  @Test
  void closingWritesThem() {
    LogFixture fixture = new LogFixture(folder);
    EvidenceLog log = open(fixture, LONG);
    CompletableFuture<Long> left = log.append(entry("left"), Urgency.UNHURRIED);
    log.close();
    assertThat(join(left)).isZero();
  }

  private static EvidenceLog open(LogFixture fixture, Duration linger) {
    EvidenceSettings usual = LogFixture.SETTINGS;
    return new EvidenceLog(
        fixture.database,
        fixture.keys,
        LogFixture.CLOCK,
        new EvidenceSettings(
            usual.origin(),
            usual.batchEntries(),
            usual.queuedEntries(),
            8 << 20,
            usual.bodyBytes(),
            usual.attempts(),
            usual.inboxEvery(),
            linger));
  }

  private static LogEntry entry(String text) {
    return new LogEntry("test.entry", LogFixture.CLOCK.instant(), Map.of("text", text));
  }

  private static long join(CompletableFuture<Long> index) {
    return index.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static long transactions(LogFixture fixture) {
    return fixture
        .database
        .sql()
        .fetchSingle("select count(distinct xmin::text) from evidence.leaf")
        .get(0, Long.class);
  }
}
