package dev.remit.catalog.model;

import java.util.Map;
import java.util.Optional;

/// Everything the catalog knows, at one moment. Immutable.
///
/// @param epoch grows with every change
public record CatalogSnapshot(
    long epoch, Map<SourceName, Source> sources, Map<PurposeCode, Purpose> purposes) {
  public CatalogSnapshot {
    sources = Map.copyOf(sources);
    purposes = Map.copyOf(purposes);
  }

  public Optional<Source> source(SourceName name) {
    return Optional.ofNullable(sources.get(name));
  }
}
