package dev.remit.catalog;

import dev.remit.catalog.declare.Vocabulary;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.store.CatalogState;
import dev.remit.catalog.store.CatalogStore;
import dev.remit.catalog.store.SnapshotAssembly;
import dev.remit.catalog.watch.DriftWatch;
import dev.remit.platform.db.Database;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the one snapshot readers see in step with the store and with the observed sources.
///
/// Two clocks drive it: a poll of the stored epoch (changes by other processes) and a look at each
/// source (drift). The epoch of a snapshot is the stored epoch plus the number of observed state
/// changes in this process: both only grow, and each change makes one of them grow.
final class CurrentSnapshot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentSnapshot.class);

  private final Database database;
  private final CatalogStore store;
  private final List<Category> builtIn;
  private final DriftWatch watch;
  private final ScheduledExecutorService clockwork =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("remit-catalog-", 0).factory());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  // Written under this object's lock; read without it.
  private volatile CatalogState state = new CatalogState(0, Map.of(), Map.of(), Map.of());
  private volatile CatalogSnapshot snapshot = new CatalogSnapshot(0, Map.of(), Map.of());
  // Owned by this object's lock.
  private long observedChanges;

  CurrentSnapshot(
      Database database,
      CatalogStore store,
      Catalog.Settings settings,
      List<Category> builtIn,
      Function<SourceName, Connection> opening) {
    this.database = database;
    this.store = store;
    this.builtIn = builtIn;
    this.watch = new DriftWatch(opening, this::observed);
    this.state = database.inTransaction(store::load);
    firstLook(settings);
    publish();
    schedule(this::poll, settings.storePoll().toMillis());
    schedule(() -> watch.look(state.sources().values()), settings.watchInterval().toMillis());
  }

  CatalogSnapshot snapshot() {
    return snapshot;
  }

  void onChange(Runnable action) {
    listeners.add(action);
  }

  /// The snapshot that a state would give, with the sources as observed now.
  CatalogSnapshot assembled(CatalogState other) {
    return assembled(other, other.epoch());
  }

  void scanned(SourceName name, long scanNumber) {
    watch.scanned(name, scanNumber);
    refresh();
  }

  /// Loads what is stored and publishes it when it is newer.
  void refresh() {
    boolean newer;
    synchronized (this) {
      CatalogState loaded = database.inTransaction(store::load);
      newer = loaded.epoch() > state.epoch();
      if (newer) {
        state = loaded;
        publish();
      }
    }
    if (newer) {
      tellListeners();
    }
  }

  private void poll() {
    if (store.epoch(database.sql()) > state.epoch()) {
      refresh();
    }
  }

  private void observed() {
    synchronized (this) {
      observedChanges++;
      publish();
    }
    tellListeners();
  }

  private synchronized void publish() {
    long epoch = state.epoch() + observedChanges;
    watch.retain(state.sources().keySet());
    snapshot = assembled(state, epoch);
  }

  private CatalogSnapshot assembled(CatalogState from, long epoch) {
    Vocabulary vocabulary = new Vocabulary(builtIn, from.categories().values());
    return new SnapshotAssembly(watch::state, vocabulary.categories())
        .assemble(from, epoch, snapshot);
  }

  private void tellListeners() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException failure) {
        LOG.error("a listener for catalog changes failed", failure);
      }
    }
  }

  private void firstLook(Catalog.Settings settings) {
    try {
      watch.lookAndWait(state.sources().values(), settings.connectTimeout().toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule(Runnable work, long milliseconds) {
    var unused =
        clockwork.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                LOG.warn("the catalog could not look for changes; it tries again", failure);
              }
            },
            milliseconds,
            milliseconds,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clockwork.shutdownNow();
    clockwork.close();
    watch.close();
  }
}
