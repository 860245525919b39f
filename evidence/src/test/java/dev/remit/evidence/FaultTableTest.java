package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.PlannedFaults.Moment;
import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.sequence.Step;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/// Goal: whatever step fails, and however, nothing acknowledged is lost and nothing is there twice.
/// Method: every step × (not persisted, unanswered) × (once, until repaired).
class FaultTableTest {
  @TempDir Path folder;

  static Stream<Arguments> faultsThatHappenOnce() {
    return Stream.of(Step.values())
        .flatMap(step -> Stream.of(Moment.values()).map(moment -> Arguments.of(step, moment)));
  }

  @ParameterizedTest
  @MethodSource("faultsThatHappenOnce")
  void oneFaultIsHealedWithoutTheCallerNoticing(Step step, Moment moment) {
    try (LogFixture fixture = new LogFixture(folder)) {
      PlannedFaults faults = faults(step, moment);
      try (EvidenceLog log = fixture.open(faults)) {
        Map<Long, String> acknowledged = new HashMap<>();
        for (String note : List.of("a", "b", "c")) {
          acknowledged.put(log.append(LogFixture.entry(note)).join(), note);
        }
        enqueueAndAwait(fixture, log, "d", 4);
        assertThat(faults.left()).isZero();
        assertThat(notes(log)).containsExactlyInAnyOrder("a", "b", "c", "d");
        acknowledged.forEach((index, note) -> assertThat(note(log.entry(index))).isEqualTo(note));
        assertProven(log);
      }
    }
  }

  /// Every step of the direct door that stays out of order after its statement has failed. (The
  /// statement itself is not here: when it fails for good, the way under the lock still works.)
  static Stream<Arguments> faultsThatStay() {
    return faultsThatHappenOnce()
        .filter(arguments ->
            arguments.get()[0] != Step.COMMIT_AT_ONCE && arguments.get()[0] != Step.TAKE_INBOX);
  }

  @ParameterizedTest
  @MethodSource("faultsThatStay")
  void aFaultThatStaysIsToldAndAfterTheRepairTheLogGoesOn(Step step, Moment moment) {
    try (LogFixture fixture = new LogFixture(folder)) {
      PlannedFaults faults = new PlannedFaults();
      try (EvidenceLog log = fixture.open(faults)) {
        log.append(LogFixture.entry("before")).join();
        faults.fail(Step.COMMIT_AT_ONCE, Moment.NOT_PERSISTED, 1);
        faults.fail(step, moment, Integer.MAX_VALUE);
        assertThatThrownBy(() -> log.append(LogFixture.entry("doubtful")).join())
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOfSatisfying(
                RemitException.class,
                told -> assertThat(told.code()).isEqualTo(ErrorCode.EVIDENCE_UNAVAILABLE));
        faults.repair();
        long index = log.append(LogFixture.entry("after")).join();
        assertThat(note(log.entry(index))).isEqualTo("after");
        assertThat(note(log.entry(0))).isEqualTo("before");
        assertThat(notes(log).stream().filter("doubtful"::equals).count()).isLessThanOrEqualTo(1);
        assertProven(log);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theDirectDoorOutlivesItsOwnStatement(Moment moment) {
    try (LogFixture fixture = new LogFixture(folder)) {
      PlannedFaults faults = new PlannedFaults();
      faults.fail(Step.COMMIT_AT_ONCE, moment, Integer.MAX_VALUE);
      try (EvidenceLog log = fixture.open(faults)) {
        EvidenceLogTest.appendMany(log, 5);
        EvidenceLogTest.appendMany(log, 5);
        assertProven(log);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"COMMIT_AT_ONCE", "LOOK_BACK"},
      mode = Mode.EXCLUDE)
  void theInboxKeepsItsRowsUntilTheRepair(Step step) {
    try (LogFixture fixture = new LogFixture(folder)) {
      PlannedFaults faults = new PlannedFaults();
      try (EvidenceLog log = fixture.open(faults)) {
        faults.fail(step, Moment.NOT_PERSISTED, Integer.MAX_VALUE);
        fixture.database.runInTransaction(
            transaction -> log.enqueue(transaction, LogFixture.entry("kept")));
        LogFixture.await(() -> faults.happened() > 1);
        assertThat(log.size()).isZero();
        faults.repair();
        LogFixture.await(() -> log.size() == 1);
        assertThat(notes(log)).containsExactly("kept");
      }
    }
  }

  /// A step of the look back is only reached after an answer of the direct statement was lost.
  private static PlannedFaults faults(Step step, Moment moment) {
    PlannedFaults faults = new PlannedFaults();
    if (step == Step.LOOK_BACK) {
      faults.fail(Step.COMMIT_AT_ONCE, Moment.UNANSWERED, 1);
    }
    return faults.fail(step, moment, 1);
  }

  private static void enqueueAndAwait(LogFixture fixture, EvidenceLog log, String note, long size) {
    fixture.database.runInTransaction(
        transaction -> log.enqueue(transaction, LogFixture.entry(note)));
    LogFixture.await(() -> log.size() == size);
  }

  private static List<String> notes(EvidenceLog log) {
    List<String> notes = new ArrayList<>();
    log.entries(0, 1_000).forEach(entry -> notes.add(note(entry)));
    return notes;
  }

  private static String note(LoggedEntry entry) {
    return String.valueOf(entry.fields().orElseThrow().get("note"));
  }

  private static void assertProven(EvidenceLog log) {
    String note = log.checkpoint().note().encoded();
    CheckpointVerifier verifier = new CheckpointVerifier("log.example", log.verifierKey());
    List<LoggedEntry> entries = log.entries(0, 1_000);
    assertThat(entries).hasSize((int) verifier.checkpoint(note).size());
    for (LoggedEntry entry : entries) {
      verifier.inclusion(entry.leaf(), log.inclusionProof(entry.index(), entries.size()), note);
    }
  }
}
