package dev.remit.evidence.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One entry as the log holds it.
///
/// @param index position in the log, from 0
/// @param kind as in [LogEntry]
/// @param time as in [LogEntry], UTC, microseconds
/// @param leaf canonical JSON (RFC 8785) whose UTF-8 bytes the leaf hash covers
/// @param disclosures the fields with their salts, each checked against the leaf; empty when the
///   body was deleted
public record LoggedEntry(
    long index, String kind, Instant time, String leaf, Optional<List<Disclosure>> disclosures) {
  public LoggedEntry {
    disclosures = disclosures.map(List::copyOf);
  }

  /// The fields by name; empty when the body was deleted.
  public Optional<java.util.Map<String, Object>> fields() {
    return disclosures.map(
        list -> list.stream().collect(Collectors.toMap(Disclosure::name, Disclosure::value)));
  }
}
