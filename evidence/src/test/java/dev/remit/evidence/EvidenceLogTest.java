package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.Checkpoint;
import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.LoggedEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: what goes in by the direct door is durable, provable and readable. Method: a real
/// PostgreSQL, the façade, and the verifier that knows only origin and key.
class EvidenceLogTest {
  @TempDir Path folder;
  private LogFixture fixture;
  private EvidenceLog log;

  @BeforeEach
  void openLog() {
    fixture = new LogFixture(folder);
    log = fixture.open();
  }

  @AfterEach
  void closeLog() {
    log.close();
    fixture.close();
  }

  @Test
  void everyAppendedEntryGetsAnIndexOfItsOwnAndIsProvenOffline() {
    appendMany(log, 700);
    String note = log.checkpoint().note().encoded();
    CheckpointVerifier verifier = new CheckpointVerifier("log.example", log.verifierKey());
    assertThat(verifier.checkpoint(note).size()).isEqualTo(700);
    for (LoggedEntry entry : log.entries(0, 1_000)) {
      verifier.inclusion(entry.leaf(), log.inclusionProof(entry.index(), 700), note);
    }
  }

  @Test
  void laterCheckpointsContinueEarlierOnes() {
    CheckpointVerifier verifier = new CheckpointVerifier("log.example", log.verifierKey());
    List<String> notes = new ArrayList<>();
    for (int batch : new int[] {1, 254, 1, 1, 300}) {
      appendMany(log, batch);
      notes.add(log.checkpoint().note().encoded());
    }
    Checkpoint last = verifier.checkpoint(notes.getLast());
    for (String earlier : notes) {
      long size = verifier.checkpoint(earlier).size();
      verifier.consistency(earlier, log.consistencyProof(size, last.size()), notes.getLast());
    }
  }

  @Test
  void severalSignersOfAGrowingLogNeverCallItAltered() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService signers = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> signed = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        signed.add(
            signers.submit(() -> {
              int count = 0;
              while (!ended.get()) {
                log.checkpoint();
                count++;
              }
              return count;
            }));
      }
      for (int i = 0; i < 1_000; i++) {
        appendMany(log, 1);
      }
      ended.set(true);
      for (Future<Integer> signer : signed) {
        assertThat(signer.get()).isPositive();
      }
    }
  }

  static void appendMany(EvidenceLog log, int count) {
    long before = log.size();
    List<CompletableFuture<Long>> indexes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indexes.add(log.append(LogFixture.entry("note " + i)));
    }
    assertThat(indexes.stream().map(CompletableFuture::join))
        .containsExactlyElementsOf(LongStream.range(before, before + count).boxed().toList());
  }

  /// Returns when everything that waited has been answered.
  static void awaitIdle(EvidenceLog log) {
    LogFixture.await(() -> log.append(LogFixture.entry("idle")).handle((i, f) -> f == null).join());
  }
}
