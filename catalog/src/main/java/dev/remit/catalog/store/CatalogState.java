package dev.remit.catalog.store;

import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.Purpose;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import java.util.Map;

/// Everything the store holds, credentials left out.
///
/// @param epoch raised in the transaction of every change
public record CatalogState(
    long epoch,
    Map<SourceName, StoredSource> sources,
    Map<PurposeCode, Purpose> purposes,
    Map<String, Category> categories) {
  public CatalogState {
    sources = Map.copyOf(sources);
    purposes = Map.copyOf(purposes);
    categories = Map.copyOf(categories);
  }
}
