package dev.remit.evidence;

import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.sequence.StepRunner;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.testing.TestPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One database and one key ring, on which logs are opened.
final class LogFixture implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
  static final EvidenceSettings SETTINGS =
      new EvidenceSettings(
          "log.example",
          100,
          1_000,
          1 << 20,
          1 << 16,
          3,
          Duration.ofMillis(10),
          Duration.ofMillis(5));

  final TestPostgres.Address address = TestPostgres.createDatabase();
  final Database database = address.open();
  final KeyRing keys;

  LogFixture(Path folder) {
    keys = EmbeddedKeyRing.open(folder, new SecureRandom());
  }

  EvidenceLog open() {
    return new EvidenceLog(database, keys, CLOCK, SETTINGS);
  }

  EvidenceLog open(StepRunner steps) {
    return new EvidenceLog(database, keys, CLOCK, SETTINGS, steps);
  }

  /// Runs a statement as the superuser, connected to another database than the log's.
  void administer(String sql) {
    new TestPostgres.Address(
            address.host(), address.port(), "postgres", address.user(), address.password())
        .execute(sql);
  }

  static LogEntry entry(String note) {
    return new LogEntry("test.noted", CLOCK.instant(), Map.of("note", note, "number", 7L));
  }

  /// Waits for at most ten seconds until the log's own thread has got there.
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not reached within ten seconds");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    keys.close();
    database.close();
  }
}
