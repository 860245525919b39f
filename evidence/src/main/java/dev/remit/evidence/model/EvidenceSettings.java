package dev.remit.evidence.model;

import java.time.Duration;

/// What one log is called and how far it goes.
///
/// @param origin name of the log in its checkpoints, for example `remit.localhost`; never changed
///   once the log exists
/// @param batchEntries most entries committed together
/// @param queuedEntries most entries waiting in the direct door; one more is refused at once
/// @param queuedBytes most bytes waiting there, leaves and bodies together
/// @param bodyBytes most bytes of one entry's body; a larger one is refused
/// @param attempts how often one batch is tried before its callers are told that the log cannot be
///   written
/// @param inboxEvery longest time an inbox row waits for the sequencer to look
/// @param linger longest time that entries nobody waits for are collected
public record EvidenceSettings(
    String origin,
    int batchEntries,
    int queuedEntries,
    long queuedBytes,
    int bodyBytes,
    int attempts,
    Duration inboxEvery,
    Duration linger) {
  public EvidenceSettings {
    if (origin.isEmpty() || origin.contains("+") || origin.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("origin is a name without spaces and without +");
    }
    if (batchEntries < 1 || queuedEntries < batchEntries || attempts < 1) {
      throw new IllegalArgumentException(
          "batchEntries and attempts are at least 1, queuedEntries at least batchEntries");
    }
    if (bodyBytes < 1
        || queuedBytes < bodyBytes
        || !inboxEvery.isPositive()
        || linger.isNegative()) {
      throw new IllegalArgumentException(
          "bodyBytes is at least 1, queuedBytes at least bodyBytes, inboxEvery positive, linger not"
              + " negative");
    }
  }

  /// The bounds Remit runs with.
  public static EvidenceSettings of(String origin) {
    return new EvidenceSettings(
        origin, 1_000, 8_192, 64L << 20, 256 << 10, 3, Duration.ofMillis(50), Duration.ofMillis(5));
  }
}
