package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: tiles of the second level are stored and found again. Method: more than 256 × 256 leaves,
/// opened anew, proofs from both sides of the border.
class LargeLogTest {
  private static final int SIZE = 70_000;
  private static final int BORDER = 65_536;

  @TempDir Path folder;

  @Test
  void proofsHoldAcrossTheBorderOfASecondLevelTile() {
    try (LogFixture fixture = new LogFixture(folder)) {
      EvidenceSettings settings = EvidenceSettings.of("log.example");
      String early;
      try (EvidenceLog log =
          new EvidenceLog(fixture.database, fixture.keys, LogFixture.CLOCK, settings)) {
        fill(log, 1_000);
        early = log.checkpoint().note().encoded();
        fill(log, SIZE);
      }
      try (EvidenceLog log =
          new EvidenceLog(fixture.database, fixture.keys, LogFixture.CLOCK, settings)) {
        String note = log.checkpoint().note().encoded();
        CheckpointVerifier verifier = new CheckpointVerifier("log.example", log.verifierKey());
        verifier.consistency(early, log.consistencyProof(1_000, SIZE), note);
        for (long index : new long[] {0, 255, 256, BORDER - 1, BORDER, SIZE - 113, SIZE - 1}) {
          verifier.inclusion(log.entry(index).leaf(), log.inclusionProof(index, SIZE), note);
        }
        assertThat(fixture.database.sql().fetchCount(dev.remit.evidence.db.Tables.TILE))
            .isEqualTo(273 + 1);
      }
    }
  }

  private static void fill(EvidenceLog log, int size) {
    LogEntry entry = new LogEntry("test.empty", LogFixture.CLOCK.instant(), Map.of());
    for (long at = log.size(); at < size; at = log.size()) {
      List<CompletableFuture<Long>> waiting = new ArrayList<>();
      for (long i = at; i < Math.min(size, at + 8_000); i++) {
        waiting.add(log.append(entry));
      }
      waiting.forEach(CompletableFuture::join);
    }
  }
}
