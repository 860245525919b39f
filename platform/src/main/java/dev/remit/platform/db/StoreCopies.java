package dev.remit.platform.db;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The copies that modules hold in memory of one store, kept in step with it and with each other.
///
/// Decisions are made from memory, so that they cost nothing; what is in force stands in the store,
/// where several modules and several processes change it. Four rules keep the two together:
///
/// 1. **A change is one transaction.** It takes every module's right to change, in one order, does
///    its work, and reads the copies anew *before* it commits: what does not load is not committed.
/// 2. **Copies are replaced together.** [#stamp] is odd while they are; a reader that pairs two
///    copies keeps the pair it had until the stamp is even and unmoved ([#isStill]).
/// 3. **Other processes follow** within [Settings#poll], each by one read of a single moment of the
///    store.
/// 4. **Doubt denies.** When a commit's answer is lost, or the store was not read for
///    [Settings#longestSilence], nobody knows what is in force. [#isDoubtful] says so until
///    everything was read again, behind every change that is still under way.
///
/// Safe for many threads. The two clocks run on daemon threads until [#close].
public final class StoreCopies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCopies.class);

  private final Database database;
  private final Settings settings;
  private final List<Copy> copies = new CopyOnWriteArrayList<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final ScheduledExecutorService clocks =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("remit-copies-", 0).factory());

  /// Moved under this object's lock; odd while copies are being replaced.
  private volatile long stamp;

  /// Moved under this object's lock; odd while what is in force is in doubt.
  private volatile long certainty;

  /// Owned by this object's lock: how often doubt was raised, so that only what came later ends it.
  private long doubtsRaised;

  /// When the last successful look at the store began, by `System.nanoTime`.
  private volatile long confirmedNanos = System.nanoTime();

  /// @param poll between two looks at the store for changes of other processes
  /// @param longestSilence without a successful look, after which everything is in doubt
  public record Settings(Duration poll, Duration longestSilence) {
    public static final Settings DEFAULT =
        new Settings(Duration.ofMillis(250), Duration.ofSeconds(10));
  }

  /// What one module holds in memory of its schema.
  public interface Copy {
    /// Waits for those who change the module's tables and keeps them out until the transaction
    /// ends.
    void lock(DSLContext transaction);

    /// Whether the store holds something newer.
    boolean isBehind(DSLContext sql);

    /// Reads everything, as the transaction sees it.
    ///
    /// @return puts it in the place of what is held, unless that is newer
    Runnable read(DSLContext transaction);
  }

  public StoreCopies(Database database, Settings settings) {
    this.database = database;
    this.settings = settings;
    every(settings.poll(), this::look);
    every(settings.poll(), this::listen);
  }

  public Database database() {
    return database;
  }

  /// From now on the copy is kept in step. Copies are locked in the order in which they were added.
  public void add(Copy copy) {
    copies.add(copy);
  }

  /// Moves when copies are replaced. Cheap.
  public long stamp() {
    return stamp;
  }

  /// Whether what was read since the stamp was taken is of one moment.
  public boolean isStill(long taken) {
    return (taken & 1) == 0 && taken == stamp;
  }

  /// Whether nobody can say what is in force; then nothing may be allowed. Cheap.
  public boolean isDoubtful() {
    return (certainty & 1) == 1;
  }

  /// Grows whenever doubt begins or ends. Cheap.
  public long certainty() {
    return certainty;
  }

  /// Refuses with STORE_UNAVAILABLE while [#isDoubtful].
  public void requireCertainty() {
    if (isDoubtful()) {
      throw new RemitException(ErrorCode.STORE_UNAVAILABLE, doubt());
    }
  }

  /// The refusal of everything while [#isDoubtful].
  public static String doubt() {
    return "Remit cannot read from its store what is in force, so it allows nothing; try again once"
        + " the store answers";
  }

  /// Makes a change: when this returns it is committed and in every copy.
  ///
  /// @param work may read and write the tables of every module; an exception changes nothing
  /// @throws RemitException STORE_UNAVAILABLE when nobody can say whether it was committed
  public <T> T change(Function<DSLContext, T> work) {
    AtomicBoolean done = new AtomicBoolean();
    List<Runnable> replacements = new ArrayList<>();
    changing.lock();
    try {
      T result =
          database.inTransaction(sql -> {
            copies.forEach(copy -> copy.lock(sql));
            T made = work.apply(sql);
            replacements.addAll(readBehind(sql));
            done.set(true);
            return made;
          });
      replace(replacements);
      return result;
    } catch (RuntimeException | Error failure) {
      if (done.get()) {
        throw unanswered(failure);
      }
      throw failure;
    } finally {
      changing.unlock();
    }
  }

  /// The commit failed: it may have been made, and only its answer is lost.
  private RemitException unanswered(Throwable failure) {
    raiseDoubt();
    try {
      settle();
    } catch (RuntimeException later) {
      LOG.error("a change may be committed and cannot be read; everything is denied", later);
    }
    return new RemitException(
        ErrorCode.STORE_UNAVAILABLE,
        "the store did not say whether the change was made; look before you try again",
        failure);
  }

  private List<Runnable> readBehind(DSLContext sql) {
    return copies.stream().filter(copy -> copy.isBehind(sql)).map(copy -> copy.read(sql)).toList();
  }

  /// Takes over what other processes have changed. Blocks.
  public void look() {
    long began = System.nanoTime();
    if (isDoubtful()) {
      settle();
    } else if (copies.stream().anyMatch(copy -> copy.isBehind(database.sql()))) {
      replace(
          database.inTransaction(sql -> {
            sql.execute("set transaction isolation level repeatable read, read only");
            return readBehind(sql);
          }));
    }
    confirmedNanos = began;
  }

  private void listen() {
    if (!isDoubtful() && System.nanoTime() - confirmedNanos > settings.longestSilence().toNanos()) {
      LOG.error("the store was not read for {}; everything is denied", settings.longestSilence());
      raiseDoubt();
    }
  }

  /// Reads everything behind those who are changing it, and ends the doubt there was before.
  private void settle() {
    long seen = doubtsRaised();
    long began = System.nanoTime();
    replace(
        database.inTransaction(sql -> {
          copies.forEach(copy -> copy.lock(sql));
          return readBehind(sql);
        }));
    confirmedNanos = began;
    synchronized (this) {
      if (doubtsRaised == seen && isDoubtful()) {
        certainty++;
        LOG.info("what is in force is known again");
      }
    }
  }

  private synchronized long doubtsRaised() {
    return doubtsRaised;
  }

  private synchronized void raiseDoubt() {
    doubtsRaised++;
    if (!isDoubtful()) {
      certainty++;
    }
  }

  /// A copy that cannot be replaced leaves the others in doubt with it.
  private synchronized void replace(List<Runnable> replacements) {
    stamp++;
    boolean whole = false;
    try {
      replacements.forEach(Runnable::run);
      whole = true;
    } finally {
      if (!whole) {
        raiseDoubt();
      }
      stamp++;
    }
  }

  private void every(Duration interval, Runnable work) {
    var unused =
        clocks.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                LOG.warn("could not look for changes in the store; trying again", failure);
              }
            },
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clocks.shutdownNow();
    clocks.close();
  }
}
