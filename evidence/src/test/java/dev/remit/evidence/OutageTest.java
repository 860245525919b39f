package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.sequence.Step;
import dev.remit.evidence.sequence.StepRunner;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: a log that cannot be written says so, keeps what it acknowledged, and goes on by itself.
/// Method: a real server that reports a full disk, ends connections, or lets nobody in.
class OutageTest {
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
  void aFullDiskFailsTheAppendAndFreeingItHealsTheLog() {
    try (EvidenceLog log = fixture.open()) {
      EvidenceLogTest.appendMany(log, 3);
      fixture.address.execute(
          """
          create function evidence.disk_is_full() returns trigger language plpgsql as $$
          begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
          create trigger disk_is_full before insert on evidence.body
            for each statement execute function evidence.disk_is_full()
          """);
      assertUnavailable(log.append(LogFixture.entry("lost")));
      assertThat(log.size()).isEqualTo(3);
      assertThat(log.problem()).isPresent();
      fixture.address.execute("drop trigger disk_is_full on evidence.body");
      EvidenceLogTest.appendMany(log, 2);
      assertThat(log.checkpoint().checkpoint().size()).isEqualTo(5);
      assertThat(log.problem()).isEmpty();
    }
  }

  @Test
  void aWriterThatEndsByAnErrorLeavesNobodyWaitingAndSaysSo() {
    try (EvidenceLog log = fixture.open(BREAKING)) {
      assertThat(log.problem()).isEmpty();
      assertUnavailable(log.append(LogFixture.entry("in its hands")));
      assertUnavailable(log.append(LogFixture.entry("later")));
      assertThat(log.problem()).hasValueSatisfying(why -> assertThat(why).contains("restart"));
    }
  }

  /// The first batch meets an error of the machine itself.
  private static final StepRunner BREAKING =
      new StepRunner() {
        @Override
        public <T> T run(Step step, Work<T> work) throws SQLException {
          if (step == Step.COMMIT_AT_ONCE || step == Step.WRITE_LOCKED) {
            throw new LinkageError("planned");
          }
          return work.run();
        }
      };

  @Test
  void aDatabaseThatLetsNobodyInFailsTheAppendAndComesBack() {
    try (EvidenceLog log = fixture.open()) {
      EvidenceLogTest.appendMany(log, 3);
      String name = fixture.address.database();
      fixture.administer("alter database " + name + " allow_connections false");
      fixture.administer(terminate(name));
      assertUnavailable(log.append(LogFixture.entry("lost")));
      fixture.administer("alter database " + name + " allow_connections true");
      LogFixture.await(() -> !log.append(LogFixture.entry("back")).handle(this::failed).join());
      assertThat(log.checkpoint().checkpoint().size()).isEqualTo(log.size());
    }
  }

  @Test
  void connectionsKilledUnderLoadLoseAndDoubleNothing() throws Exception {
    Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    List<String> failed = java.util.Collections.synchronizedList(new ArrayList<>());
    try (EvidenceLog log = fixture.open();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        int number = client;
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 250; i++) {
                    String note = number + "/" + i;
                    log.append(LogFixture.entry(note))
                        .handle((index, failure) ->
                            failure == null ? acknowledged.put(note, index) : failed.add(note))
                        .join();
                  }
                },
                clients));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
      while (!all.isDone()) {
        fixture.administer(terminate(fixture.address.database()));
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
      }
      all.join();
    }
    try (EvidenceLog again = fixture.open()) {
      Map<String, Long> found = new ConcurrentHashMap<>();
      again
          .entries(0, 10_000)
          .forEach(entry ->
              assertThat(
                      found.put(
                          String.valueOf(entry.fields().orElseThrow().get("note")), entry.index()))
                  .isNull());
      assertThat(found).containsAllEntriesOf(acknowledged);
      assertThat(acknowledged.size() + failed.size()).isEqualTo(2_000);
      assertThat(acknowledged).isNotEmpty();
      assertThat(again.checkpoint().checkpoint().size()).isEqualTo(found.size());
    }
  }

  @Test
  void tooManyWaitingRecordsAreRefusedAtOnce() {
    try (EvidenceLog log = fixture.open()) {
      fixture.database.runInTransaction(blocking -> {
        blocking.execute("select 1 from evidence.head for update");
        List<CompletableFuture<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < 3 * LogFixture.SETTINGS.queuedEntries(); i++) {
          waiting.add(log.append(LogFixture.entry("n" + i)));
        }
        List<CompletableFuture<Long>> refused =
            waiting.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
        assertThat(refused).hasSizeGreaterThan(LogFixture.SETTINGS.queuedEntries());
        assertUnavailable(refused.getFirst());
      });
      EvidenceLogTest.awaitIdle(log);
      assertThat(log.append(LogFixture.entry("after")).join()).isPositive();
    }
  }

  @Test
  void anEntryThatIsTooLargeOrNotJsonIsRefusedByName() {
    try (EvidenceLog log = fixture.open()) {
      assertCode(
          log.append(LogFixture.entry("x".repeat(LogFixture.SETTINGS.bodyBytes()))),
          ErrorCode.PAYLOAD_TOO_LARGE);
      assertCode(
          log.append(new LogEntry("test.noted", LogFixture.CLOCK.instant(), Map.of("d", 1.5))),
          ErrorCode.INVALID_REQUEST);
      assertCode(
          log.append(new LogEntry("Test Noted", LogFixture.CLOCK.instant(), Map.of())),
          ErrorCode.INVALID_REQUEST);
      assertThat(log.size()).isZero();
    }
  }

  @Test
  void aClosedLogRefuses() {
    EvidenceLog log = fixture.open();
    EvidenceLogTest.appendMany(log, 1);
    log.close();
    assertCode(log.append(LogFixture.entry("late")), ErrorCode.SHUTTING_DOWN);
  }

  private boolean failed(@Nullable Long index, @Nullable Throwable failure) {
    return failure != null;
  }

  private static String terminate(String database) {
    return "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
        + database
        + "'";
  }

  private static void assertUnavailable(CompletableFuture<Long> index) {
    assertCode(index, ErrorCode.EVIDENCE_UNAVAILABLE);
  }

  private static void assertCode(CompletableFuture<Long> index, ErrorCode code) {
    assertThatThrownBy(index::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RemitException.class, told -> assertThat(told.code()).isEqualTo(code));
  }
}
