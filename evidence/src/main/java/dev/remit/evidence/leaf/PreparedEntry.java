package dev.remit.evidence.leaf;

import java.util.Optional;

/// An entry ready to be sequenced: everything but its index. The arrays are never changed.
public final class PreparedEntry {
  private final byte[] entry;
  private final byte[] hash;
  private final String kind;
  private final long timeMicros;
  private final Optional<String> correlation;
  private final byte[] disclosures;

  /// @param entry the leaf's canonical bytes
  /// @param hash their leaf hash
  /// @param timeMicros microseconds since 1970-01-01T00:00Z
  /// @param disclosures JSON array of `[salt, name, value]`
  public PreparedEntry(
      byte[] entry,
      byte[] hash,
      String kind,
      long timeMicros,
      Optional<String> correlation,
      byte[] disclosures) {
    this.entry = entry;
    this.hash = hash;
    this.kind = kind;
    this.timeMicros = timeMicros;
    this.correlation = correlation;
    this.disclosures = disclosures;
  }

  public byte[] entry() {
    return entry;
  }

  public byte[] hash() {
    return hash;
  }

  public String kind() {
    return kind;
  }

  public long timeMicros() {
    return timeMicros;
  }

  public Optional<String> correlation() {
    return correlation;
  }

  public byte[] disclosures() {
    return disclosures;
  }

  /// Bytes that the database has to take for it, roughly.
  public int weightBytes() {
    return entry.length + disclosures.length + 128;
  }
}
