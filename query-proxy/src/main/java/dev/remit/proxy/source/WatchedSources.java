package dev.remit.proxy.source;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceConnection;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.RemitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the facts of each source as of its last scan, and tells when a source has moved.
///
/// [#facts] and [#version] answer from memory. [#look] asks the sources over the catalog's checked
/// connections; it is called after each change of the catalog, and again while [#isIncomplete].
/// Until a source has answered, and when it no longer does, it has no facts, which fences more and
/// never less.
public final class WatchedSources {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedSources.class);

  /// Of no snapshot, so that the next look asks again.
  private static final long NEVER = -1;

  private final Catalog catalog;
  private final Map<SourceName, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private volatile boolean incomplete;
  private volatile Consumer<SourceName> moved = source -> {};

  private record Known(long epoch, SourceConnection connection, SourceFacts facts) {}

  public WatchedSources(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Has the action run, on the looking thread, when a source is gone or has another address, role
  /// or password.
  public void onMoved(Consumer<SourceName> action) {
    moved = action;
  }

  /// What the source said of itself; [SourceFacts#NONE] while it was not asked.
  public SourceFacts facts(SourceName source) {
    Known one = known.get(source);
    return one == null ? SourceFacts.NONE : one.facts();
  }

  /// Grows whenever facts change.
  public long version() {
    return version.get();
  }

  /// Whether a source did not answer the last look.
  public boolean isIncomplete() {
    return incomplete;
  }

  /// Asks the sources that changed since the last look. Blocks; one look at a time.
  public synchronized void look() {
    CatalogSnapshot snapshot = catalog.snapshot();
    for (SourceName gone : known.keySet().stream().toList()) {
      if (snapshot.source(gone).isEmpty()) {
        known.remove(gone);
        version.incrementAndGet();
        moved.accept(gone);
      }
    }
    boolean allAnswered = true;
    for (Source source : snapshot.sources().values()) {
      allAnswered &= look(source);
    }
    incomplete = !allAnswered;
  }

  /// Whether its facts are known.
  private boolean look(Source source) {
    @Nullable Known before = known.get(source.name());
    if (before != null && before.epoch() == source.epoch()) {
      return true;
    }
    try (Connection connection = catalog.open(source.name())) {
      SourceConnection address = catalog.connection(source.name());
      SourceFacts facts = SourceFactsReader.read(connection);
      known.put(source.name(), new Known(source.epoch(), address, facts));
      version.incrementAndGet();
      if (before != null && !before.connection().equals(address)) {
        moved.accept(source.name());
      }
      return true;
    } catch (SQLException | RemitException failure) {
      if (before == null || before.epoch() != NEVER) {
        LOG.warn(
            "source {} does not tell its facts; it is asked again: {}",
            source.name(),
            failure.getMessage());
      }
      if (before != null && before.epoch() != NEVER) {
        known.put(source.name(), new Known(NEVER, before.connection(), SourceFacts.NONE));
        version.incrementAndGet();
      }
      return false;
    }
  }
}
