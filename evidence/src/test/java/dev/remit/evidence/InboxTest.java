package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.LogEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: an inbox row becomes a leaf exactly when its transaction commits; what is read back is
/// what went in, until its body is deleted. Method: transactions that commit, roll back and commit
/// late, on a real PostgreSQL.
class InboxTest {
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
  void aRolledBackTransactionLeavesNothing() {
    assertThatThrownBy(() ->
            fixture.database.runInTransaction(transaction -> {
              log.enqueue(transaction, LogFixture.entry("never"));
              throw new IllegalStateException("rolled back");
            }))
        .hasMessage("rolled back");
    enqueue("kept");
    LogFixture.await(() -> log.size() == 1);
    assertThat(log.entry(0).fields().orElseThrow()).containsEntry("note", "kept");
  }

  @Test
  void aTransactionThatCommitsLateIsNotSkipped() {
    fixture.database.runInTransaction(late -> {
      log.enqueue(late, LogFixture.entry("late"));
      enqueue("early");
      LogFixture.await(() -> log.size() == 1);
    });
    LogFixture.await(() -> log.size() == 2);
    assertThat(log.entry(1).fields().orElseThrow()).containsEntry("note", "late");
  }

  @Test
  void bothDoorsFillOneLogAndTheInboxIsEmptied() {
    for (int i = 0; i < 250; i++) {
      enqueue("inbox " + i);
      if (i % 10 == 0) {
        log.append(LogFixture.entry("direct " + i)).join();
      }
    }
    LogFixture.await(() -> log.size() == 275);
    assertThat(fixture.database.sql().fetchCount(dev.remit.evidence.db.Tables.INBOX)).isZero();
    List<String> inbox =
        log.entries(0, 1_000).stream()
            .map(entry -> String.valueOf(entry.fields().orElseThrow().get("note")))
            .filter(note -> note.startsWith("inbox"))
            .toList();
    assertThat(inbox).hasSize(250).doesNotHaveDuplicates();
    assertThat(inbox.getFirst()).isEqualTo("inbox 0");
  }

  @Test
  void entriesAreFoundByKindAndByCorrelation() {
    Map<String, Object> fields =
        Map.of(
            "correlation",
            "access-7",
            "tables",
            List.of("crm.customers", "crm.\"Bestellung é\""),
            "limits",
            Map.of("rows", 10, "large", 1L << 52),
            "clear",
            true);
    log.append(new LogEntry("access.intent", LogFixture.CLOCK.instant(), fields)).join();
    EvidenceLogTest.appendMany(log, 5);
    log.append(
            new LogEntry(
                "access.outcome", LogFixture.CLOCK.instant(), Map.of("correlation", "access-7")))
        .join();
    assertThat(log.about("access-7", 10))
        .extracting(entry -> entry.index())
        .containsExactly(0L, 6L);
    assertThat(log.about("access-7", 10).getFirst().fields().orElseThrow())
        .containsEntry("limits", Map.of("rows", 10L, "large", 1L << 52))
        .containsEntry("tables", fields.get("tables"));
    assertThat(log.latest("test.noted", 2))
        .extracting(entry -> entry.index())
        .containsExactly(5L, 4L);
    assertThat(log.latest("test.noted", 4, 10))
        .extracting(entry -> entry.index())
        .containsExactly(3L, 2L, 1L);
    assertThat(log.latest("access.refused", 2)).isEmpty();
  }

  @Test
  void deletedBodiesLeaveLeavesAndProofs() {
    EvidenceLogTest.appendMany(log, 20);
    log.append(
            new LogEntry(
                "test.noted", LogFixture.CLOCK.instant().plusSeconds(60), Map.of("note", "young")))
        .join();
    String note = log.checkpoint().note().encoded();
    assertThat(log.deleteBodies(LogFixture.CLOCK.instant().plusSeconds(1))).isEqualTo(20);
    assertThat(log.entry(3).fields()).isEmpty();
    assertThat(log.entry(3).kind()).isEqualTo("test.noted");
    assertThat(log.entry(20).fields().orElseThrow()).containsEntry("note", "young");
    assertThat(log.entry(3).leaf()).doesNotContain("note 3");
    new dev.remit.evidence.model.CheckpointVerifier("log.example", log.verifierKey())
        .inclusion(log.entry(3).leaf(), log.inclusionProof(3, 21), note);
  }

  private void enqueue(String note) {
    fixture.database.runInTransaction(
        transaction -> log.enqueue(transaction, LogFixture.entry(note)));
  }
}
