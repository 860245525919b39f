package dev.remit.proxy.plan;

import dev.remit.catalog.model.Source;
import dev.remit.proxy.resolve.SourceIndex;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.systemcatalog.SystemCatalog;

/// Everything the planner derives once per scan of a source.
record SourceView(SourceIndex index, SourceFacts facts, SystemCatalog systemCatalog) {

  static SourceView of(Source source, SourceFacts facts) {
    return new SourceView(new SourceIndex(source), facts, SystemCatalog.of(facts));
  }

  /// Whether it was made from just these; comparing their contents would cost more than making it.
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(Source source, SourceFacts currentFacts) {
    return index.source() == source && facts == currentFacts;
  }
}
