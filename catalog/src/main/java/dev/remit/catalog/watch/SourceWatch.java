package dev.remit.catalog.watch;

import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source.State;
import dev.remit.catalog.source.FingerprintQuery;
import dev.remit.catalog.source.RoleCheck;
import dev.remit.catalog.store.StoredSource;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches one source over one connection of its own.
///
/// ```
///              same fingerprints            scanned again
///   UNREACHABLE ───────────────▶ READY ◀───────────────── DRIFTED
///        ▲                        │ │                        ▲
///        └──── cannot be asked ───┘ └── other fingerprints ──┘
/// ```
///
/// A role that can do more than read makes it UNSAFE_ROLE from any state but DRIFTED; it comes back
/// like an unreachable one.
final class SourceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final int ROUNDS_BETWEEN_ROLE_CHECKS = 30;

  private final Callable<Connection> opening;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  // Owned by whoever holds the lock.
  private @Nullable Connection connection;
  private int rounds;

  // Set by looks and by scans; a look that was overtaken by a scan is forgotten.
  private final AtomicReference<Observation> observation =
      new AtomicReference<>(new Observation(-1, State.UNREACHABLE));

  /// What was last seen, and of which scan.
  private record Observation(long scanNumber, State state) {}

  /// @param opening gives a connection whose role was checked
  SourceWatch(Callable<Connection> opening) {
    this.opening = opening;
  }

  /// The state of the source as scanned under this number.
  State state(StoredSource source) {
    Observation seen = observation.get();
    boolean scannedSince = seen.scanNumber() != source.scanNumber();
    return seen.state() == State.DRIFTED && scannedSince ? State.READY : seen.state();
  }

  /// Takes it as ready: it was just scanned over a connection whose role was checked.
  void scanned(long scanNumber) {
    observation.set(new Observation(scanNumber, State.READY));
  }

  /// Looks once, unless a look is under way. Whether the state became another one.
  boolean look(StoredSource source) {
    if (!oneAtATime.tryLock()) {
      return false;
    }
    try {
      Observation before = observation.get();
      if (before.state() == State.DRIFTED && before.scanNumber() == source.scanNumber()) {
        return false;
      }
      State now = observed(source);
      boolean changed =
          observation.compareAndSet(before, new Observation(source.scanNumber(), now))
              && now != before.state();
      if (changed) {
        LOG.info("source {} is {}", source.name(), now);
      }
      return changed;
    } finally {
      oneAtATime.unlock();
    }
  }

  /// A connection that was kept may have been ended by anything; only a source that does not take a
  /// new one cannot be reached.
  private State observed(StoredSource source) {
    boolean wasKept = connection != null;
    State state = asked(source);
    return state == State.UNREACHABLE && wasKept ? asked(source) : state;
  }

  private State asked(StoredSource source) {
    try {
      Connection open = connection();
      Map<Long, String> fingerprints = FingerprintQuery.read(open, source.relations().keySet());
      for (Relation relation : source.relations().values()) {
        if (!relation.fingerprint().equals(fingerprints.get(relation.oid()))) {
          LOG.warn("{} of source {} is not as scanned", relation.qualifiedName(), source.name());
          return State.DRIFTED;
        }
      }
      return State.READY;
    } catch (RemitException refusal) {
      closeConnection();
      return refusal.code() == ErrorCode.UNSAFE_SOURCE_ROLE ? State.UNSAFE_ROLE : State.UNREACHABLE;
    } catch (Exception failure) {
      LOG.debug("source {} cannot be asked", source.name(), failure);
      closeConnection();
      return State.UNREACHABLE;
    }
  }

  private Connection connection() throws Exception {
    Connection open = connection;
    if (open == null) {
      open = opening.call();
      connection = open;
      rounds = 0;
    } else if (++rounds % ROUNDS_BETWEEN_ROLE_CHECKS == 0) {
      RoleCheck.requireReadOnly(open);
    }
    return open;
  }

  private void closeConnection() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyBroken) {
        LOG.debug("a broken connection did not close", alreadyBroken);
      }
    }
  }

  @Override
  public void close() {
    oneAtATime.lock();
    try {
      closeConnection();
    } finally {
      oneAtATime.unlock();
    }
  }
}
