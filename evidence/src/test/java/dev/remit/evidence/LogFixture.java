package dev.remit.evidence;

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

/// One database and one key ring, on which logs are opened.
final class LogFixture implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
  static final EvidenceSettings SETTINGS =
      new EvidenceSettings("log.example", 100, 1_000, 1 << 20, 1 << 16, 3, Duration.ofMillis(10));

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

  static LogEntry entry(String note) {
    return new LogEntry("test.noted", CLOCK.instant(), Map.of("note", note, "number", 7L));
  }

  @Override
  public void close() {
    keys.close();
    database.close();
  }
}
