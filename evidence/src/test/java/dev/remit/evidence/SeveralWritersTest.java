package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.sequence.Step;
import dev.remit.evidence.sequence.StepRunner;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: several processes on one database make one log. Method: two logs side by side; one paused
/// in the middle of its batch; one opened after another.
class SeveralWritersTest {
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
  void twoWritersShareOneSequenceOfIndexes() {
    try (EvidenceLog first = fixture.open();
        EvidenceLog second = fixture.open()) {
      Set<Long> indexes = new HashSet<>();
      for (int round = 0; round < 50; round++) {
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          waiting.add(first.append(LogFixture.entry("first " + i)));
          waiting.add(second.append(LogFixture.entry("second " + i)));
        }
        waiting.forEach(index -> assertThat(indexes.add(index.join())).isTrue());
      }
      assertThat(indexes).hasSize(400).allMatch(index -> index >= 0 && index < 400);
      assertThat(first.size()).isEqualTo(400);
      assertProven(second);
    }
  }

  @Test
  void aPausedWriterCannotCommitOverWhatCameAfter() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StepRunner pausing =
        new StepRunner() {
          @Override
          public <T> T run(Step step, Work<T> work) throws SQLException {
            if (step == Step.COMMIT_AT_ONCE) {
              reached.countDown();
              awaitUninterruptibly(goOn);
            }
            return work.run();
          }
        };
    try (EvidenceLog paused = fixture.open(pausing);
        EvidenceLog other = fixture.open()) {
      paused.append(LogFixture.entry("warm")).join();
      CompletableFuture<Long> late = paused.append(LogFixture.entry("late"));
      reached.await();
      long between = other.append(LogFixture.entry("between")).join();
      goOn.countDown();
      assertThat(between).isEqualTo(1);
      assertThat(late.join()).isEqualTo(2);
      assertProven(other);
    }
  }

  @Test
  void aNewLogOnTheSameDatabaseContinuesAtEverySize() {
    String last = "";
    for (int run = 0; run < 6; run++) {
      try (EvidenceLog log = fixture.open()) {
        EvidenceLogTest.appendMany(log, 60);
        String note = log.checkpoint().note().encoded();
        if (!last.isEmpty()) {
          new CheckpointVerifier("log.example", log.verifierKey())
              .consistency(last, log.consistencyProof(60L * run, 60L * run + 60), note);
        }
        last = note;
        assertProven(log);
      }
    }
  }

  @Test
  void anotherOriginIsRefused() {
    fixture.open().close();
    EvidenceSettings other = EvidenceSettings.of("other.example");
    assertThatThrownBy(
            () -> new EvidenceLog(fixture.database, fixture.keys, LogFixture.CLOCK, other))
        .isInstanceOfSatisfying(
            RemitException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  private static void assertProven(EvidenceLog log) {
    String note = log.checkpoint().note().encoded();
    CheckpointVerifier verifier = new CheckpointVerifier("log.example", log.verifierKey());
    long size = verifier.checkpoint(note).size();
    log.entries(0, 10_000)
        .forEach(entry ->
            verifier.inclusion(entry.leaf(), log.inclusionProof(entry.index(), size), note));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
