package dev.remit.evidence.sequence;

import dev.remit.evidence.leaf.PreparedEntry;
import dev.remit.evidence.tree.Growth;
import dev.remit.evidence.tree.TreeState;
import dev.remit.evidence.tree.TreeTables;
import dev.remit.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DefaultConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes batches durable, exactly once, whoever else writes to the same log.
///
/// **The rule.** A batch is computed from a tree of some size and written by one transaction whose
/// first act is `update head set size = … where size = <that size>`. Whoever computed from another
/// size writes nothing. So the order of the log is the order in which the head moved, and neither a
/// paused process, a lost lock nor a second server can fork it or write over it. No lock is trusted
/// for that; locks only save work.
///
/// **At once.** While this process is the only writer it knows the tree, and a batch is one
/// statement in one round trip: compare-and-set, leaves, bodies, full tiles, commit.
///
/// **Under the lock.** When the head was moved by another writer, or an answer was lost, the head
/// row is locked, the tree is read again if its size is a new one, and the batch is written under
/// the lock. Nobody can come between, so every writer makes progress.
///
/// **A lost answer.** A statement that failed may have been committed all the same, or may still be
/// running in a backend that we no longer hear. Each attempt is tied to the size it started from.
/// With the head locked, the leaf at that size tells: if it has the hash of this batch's first leaf
/// (unique by its salts) the whole batch is durable and is acknowledged; if the size is still the
/// same, writing the batch now makes the stray statement's compare-and-set fail; if the head has
/// moved on with other leaves, the stray statement has already lost. So a retry never doubles. When
/// the attempts are used up the callers are told EVIDENCE_UNAVAILABLE: then the records may be in
/// the log or not, once at most, and nothing was acknowledged.
///
/// Used by the sequencer's thread only.
final class BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

  private final Database database;
  private final int attempts;
  private final StepRunner steps;

  /// The tree of the last batch that is known to be durable; empty after any doubt.
  private Optional<TreeState> known = Optional.empty();

  BatchStore(Database database, int attempts, StepRunner steps) {
    this.database = database;
    this.attempts = attempts;
    this.steps = steps;
  }

  /// Index of the batch's first leaf, when all of them are durable.
  long store(List<PreparedEntry> batch) throws SQLException {
    List<Long> startedFrom = new ArrayList<>();
    int attempt = 1;
    while (true) {
      try (Connection connection =
          steps.run(Step.CONNECT, () -> database.dataSource().getConnection())) {
        if (known.isPresent()) {
          Optional<Long> start = storeAtOnce(connection, known.get(), batch, startedFrom);
          if (start.isPresent()) {
            return start.get();
          }
        }
        return locked(connection, transaction -> storeLocked(transaction, batch, startedFrom));
      } catch (SQLTransientConnectionException noConnection) {
        // The pool has waited its five seconds in vain; waiting again would only hold up callers.
        throw noConnection;
      } catch (SQLException | DataAccessException failure) {
        known = Optional.empty();
        if (attempt == attempts) {
          throw failure;
        }
        attempt++;
        LOG.debug("writing {} records failed; attempt {}", batch.size(), attempt, failure);
      }
    }
  }

  /// Moves up to `most` rows from the inbox into the log; returns how many.
  int storeInbox(int most) throws SQLException {
    try (Connection connection =
        steps.run(Step.CONNECT, () -> database.dataSource().getConnection())) {
      if (!LogTables.hasInbox(sql(connection))) {
        return 0;
      }
      return locked(connection, transaction -> moveInbox(transaction, most));
    } catch (SQLException | DataAccessException failure) {
      known = Optional.empty();
      throw failure;
    }
  }

  private Optional<Long> storeAtOnce(
      Connection connection, TreeState tree, List<PreparedEntry> batch, List<Long> startedFrom)
      throws SQLException {
    Growth growth = grow(tree, batch);
    startedFrom.add(tree.size());
    known = Optional.empty();
    boolean moved =
        steps.run(Step.COMMIT_AT_ONCE, () -> LogTables.append(connection, growth, batch));
    if (!moved) {
      return Optional.empty();
    }
    known = Optional.of(growth.after());
    return Optional.of(tree.size());
  }

  private long storeLocked(
      DSLContext transaction, List<PreparedEntry> batch, List<Long> startedFrom)
      throws SQLException {
    long size = steps.run(Step.LOCK_HEAD, () -> LogTables.lockHead(transaction));
    byte[] firstHash = batch.getFirst().hash();
    for (long start : startedFrom) {
      if (steps.run(Step.LOOK_BACK, () -> LogTables.isLeaf(transaction, start, firstHash))) {
        return start;
      }
    }
    startedFrom.add(size);
    write(transaction, size, batch);
    return size;
  }

  private int moveInbox(DSLContext transaction, int most) throws SQLException {
    long size = steps.run(Step.LOCK_HEAD, () -> LogTables.lockHead(transaction));
    List<PreparedEntry> rows =
        steps.run(Step.TAKE_INBOX, () -> LogTables.takeInbox(transaction, most));
    if (!rows.isEmpty()) {
      write(transaction, size, rows);
    }
    return rows.size();
  }

  private void write(DSLContext transaction, long size, List<PreparedEntry> batch)
      throws SQLException {
    if (known.isEmpty() || known.get().size() != size) {
      known = Optional.of(steps.run(Step.READ_TREE, () -> TreeTables.load(transaction)));
    }
    Growth growth = grow(known.get(), batch);
    known = Optional.of(growth.after());
    boolean moved =
        steps.run(
            Step.WRITE_LOCKED,
            () ->
                transaction.connectionResult(
                    connection -> LogTables.append(connection, growth, batch)));
    if (!moved) {
      throw new IllegalStateException("the head of the log moved although it was locked");
    }
  }

  private static Growth grow(TreeState tree, List<PreparedEntry> batch) {
    return tree.append(batch.stream().map(PreparedEntry::hash).toList());
  }

  /// Work inside a transaction.
  @FunctionalInterface
  private interface LockedWork<T> {
    T run(DSLContext transaction) throws SQLException;
  }

  /// Any failure leaves the tree unknown; the pool rolls back what is open when it gets the
  /// connection back.
  private <T> T locked(Connection connection, LockedWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      T result = work.run(sql(connection));
      steps.run(
          Step.COMMIT_LOCKED,
          () -> {
            connection.commit();
            return true;
          });
      committed = true;
      connection.setAutoCommit(true);
      return result;
    } finally {
      if (!committed) {
        known = Optional.empty();
      }
    }
  }

  private DSLContext sql(Connection connection) {
    return database.sql().configuration().derive(new DefaultConnectionProvider(connection)).dsl();
  }
}
