package dev.remit.catalog.watch;

import dev.remit.catalog.model.Source.State;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.store.StoredSource;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Looks at every source, each on a virtual thread of its own, so that a slow one delays no other.
public final class DriftWatch implements AutoCloseable {
  private final Function<SourceName, Connection> opening;
  private final Runnable changed;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("remit-catalog-watch-", 0).factory());
  private final Map<SourceName, SourceWatch> watches = new ConcurrentHashMap<>();

  /// @param opening connects to a source and checks its role
  /// @param changed called on a watching thread after a source's state became another one
  public DriftWatch(Function<SourceName, Connection> opening, Runnable changed) {
    this.opening = opening;
    this.changed = changed;
  }

  /// The last observed state; UNREACHABLE before the first look.
  public State state(StoredSource source) {
    return watch(source.name()).state(source);
  }

  /// Tells that a source was just registered or scanned.
  public void scanned(SourceName name, long scanNumber) {
    watch(name).scanned(scanNumber);
  }

  /// Starts one look at each source; a source still being looked at is left out.
  public List<Future<?>> look(Collection<StoredSource> sources) {
    List<Future<?>> looks = new ArrayList<>();
    for (StoredSource source : sources) {
      looks.add(
          threads.submit(() -> {
            if (watch(source.name()).look(source)) {
              changed.run();
            }
          }));
    }
    return looks;
  }

  /// Looks at each source and waits for the answers, at most this long in all.
  public void lookAndWait(Collection<StoredSource> sources, long milliseconds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    for (Future<?> look : look(sources)) {
      try {
        look.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        return;
      } catch (java.util.concurrent.ExecutionException failure) {
        throw new IllegalStateException("a look at a source failed", failure.getCause());
      }
    }
  }

  /// Forgets sources that are no longer registered.
  public void retain(Collection<SourceName> names) {
    for (SourceName name : List.copyOf(watches.keySet())) {
      if (!names.contains(name)) {
        SourceWatch gone = watches.remove(name);
        if (gone != null) {
          threads.execute(gone::close);
        }
      }
    }
  }

  private SourceWatch watch(SourceName name) {
    return watches.computeIfAbsent(name, source -> new SourceWatch(() -> opening.apply(source)));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
    watches.values().forEach(SourceWatch::close);
  }
}
