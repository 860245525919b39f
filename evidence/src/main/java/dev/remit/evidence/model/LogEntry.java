package dev.remit.evidence.model;

import java.time.Instant;
import java.util.Map;

/// One fact to be put into the log.
///
/// The leaf holds only salted digests of the fields; the body (fields and salts) is kept apart and
/// can be deleted or sealed without harm to any proof.
///
/// @param kind dotted lower-case name, for example `access.intent`
/// @param time when it happened, by the writer's clock, UTC
/// @param fields JSON-representable values: String, Long, Integer, Boolean, List, Map; no nulls
public record LogEntry(String kind, Instant time, Map<String, Object> fields) {
  public LogEntry {
    fields = Map.copyOf(fields);
  }

  /// How soon an entry has to be durable.
  public enum Urgency {
    /// Somebody waits: with the next batch.
    AWAITED,
    /// Nobody waits: with the next batch that is written for somebody, or after a short while.
    UNHURRIED
  }
}
