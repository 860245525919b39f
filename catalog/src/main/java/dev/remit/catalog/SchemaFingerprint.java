package dev.remit.catalog;

import dev.remit.catalog.source.FingerprintQuery;

/// The statement that tells whether relations are still what was scanned, for whoever prepares
/// statements at a source.
public final class SchemaFingerprint {
  /// One parameter `$1` of type `oid[]`; rows of `(oid oid, fingerprint text)`, none for a relation
  /// that is gone. Compare with [dev.remit.catalog.model.Relation#fingerprint()]. Does not depend
  /// on the session's settings.
  public static final String SQL = FingerprintQuery.SQL;

  private SchemaFingerprint() {}
}
