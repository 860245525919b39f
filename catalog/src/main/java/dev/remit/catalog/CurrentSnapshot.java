package dev.remit.catalog;

import dev.remit.catalog.declare.Vocabulary;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.CatalogSnapshot.Category;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.store.CatalogState;
import dev.remit.catalog.store.CatalogStore;
import dev.remit.catalog.store.SnapshotAssembly;
import dev.remit.catalog.watch.DriftWatch;
import dev.remit.platform.db.StoreCopies;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the one snapshot readers see in step with the store and with the observed sources.
///
/// [StoreCopies] drives it (changes of this process and of others), and a look at each source
/// (drift). The epoch of a snapshot is the stored epoch plus the number of observed state changes
/// in this process: both only grow, and each change makes one of them grow.
final class CurrentSnapshot implements StoreCopies.Copy, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentSnapshot.class);

  private final CatalogStore store;
  private final List<Category> builtIn;
  private final DriftWatch watch;
  private final ScheduledExecutorService clockwork =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().daemon().name("remit-catalog-", 0).factory());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  // Written under this object's lock; read without it.
  private volatile CatalogState state = new CatalogState(0, Map.of(), Map.of(), Map.of());
  private volatile CatalogSnapshot snapshot = new CatalogSnapshot(0, Map.of(), Map.of());
  // Owned by this object's lock.
  private long observedChanges;

  CurrentSnapshot(
      StoreCopies copies,
      CatalogStore store,
      Catalog.Settings settings,
      List<Category> builtIn,
      Function<SourceName, Connection> opening) {
    this.store = store;
    this.builtIn = builtIn;
    this.watch = new DriftWatch(opening, this::observed);
    this.state = copies.database().inTransaction(store::load);
    firstLook(settings);
    publish();
    copies.add(this);
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

  /// Has the watch judge a source by this scan from now on.
  void scanned(SourceName name, long scanNumber) {
    watch.scanned(name, scanNumber);
    observed();
  }

  @Override
  public void lock(DSLContext transaction) {
    store.lock(transaction);
  }

  @Override
  public boolean isBehind(DSLContext sql) {
    return store.epoch(sql) > state.epoch();
  }

  @Override
  public Runnable read(DSLContext transaction) {
    CatalogState loaded = store.load(transaction);
    return () -> {
      if (replaced(loaded)) {
        tellListeners();
      }
    };
  }

  private synchronized boolean replaced(CatalogState loaded) {
    boolean newer = loaded.epoch() > state.epoch();
    if (newer) {
      state = loaded;
      publish();
    }
    return newer;
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
