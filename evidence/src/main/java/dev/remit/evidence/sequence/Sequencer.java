package dev.remit.evidence.sequence;

import dev.remit.evidence.leaf.PreparedEntry;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that turns waiting entries into batches, and batches into leaves.
///
/// Both doors end here. [#append] puts an entry into a bounded queue and gives back a future;
/// whatever waits when the previous batch is done becomes the next batch (group commit). Entries
/// that nobody waits for do not begin one: they go with the next that somebody waits for, else
/// after `linger`. A commit for each would hold up those who wait, and cost more than its entries.
/// Rows of the inbox are looked for whenever the queue is empty, and at least every `inboxEvery`.
///
/// The future completes on a virtual thread of its own batch, so that a caller's continuation never
/// holds up the next batch.
public final class Sequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final int BATCH_BYTES = 8 << 20;
  private static final Duration CLOSING = Duration.ofSeconds(20);

  /// So much is written although nobody waits for it.
  private static final int LINGERING_BYTES = 1 << 20;

  private record Waiting(PreparedEntry entry, Urgency urgency, CompletableFuture<Long> index) {
    boolean isAwaited() {
      return urgency == Urgency.AWAITED;
    }
  }

  private final EvidenceSettings settings;
  private final BatchStore store;
  private final BlockingQueue<Waiting> queue;
  private final AtomicLong queuedBytes = new AtomicLong();

  /// Entries of the queue that somebody waits for.
  private final AtomicInteger awaited = new AtomicInteger();

  private final Thread thread;

  /// Written by [#close], read by every caller and by the thread.
  private volatile boolean closed;

  /// Whether the thread sleeps although entries are there; written by the thread.
  private volatile boolean lingering;

  /// Whether the latest batch could not be written; written by the thread.
  private volatile boolean batchesFail;

  /// Whether the inbox could not be moved when it was looked at last; written by the thread.
  private volatile boolean inboxFails;

  /// Whether the thread has ended by an error that nothing can be done about; written by it.
  private volatile boolean broken;

  // Owned by the thread.
  private long lastInboxNanos = System.nanoTime();

  public Sequencer(Database database, EvidenceSettings settings, StepRunner steps) {
    this.settings = settings;
    this.store = new BatchStore(database, settings.attempts(), steps);
    this.queue = new ArrayBlockingQueue<>(settings.queuedEntries());
    this.thread = Thread.ofPlatform().name("evidence-sequencer").daemon().start(this::run);
  }

  /// Direct door: completes with the leaf index when the leaf is durable.
  ///
  /// Fails with EVIDENCE_UNAVAILABLE at once when the queue is full, later when the batch could not
  /// be written; with SHUTTING_DOWN after [#close]. Never blocks.
  public CompletableFuture<Long> append(PreparedEntry entry, Urgency urgency) {
    Waiting waiting = new Waiting(entry, urgency, new CompletableFuture<>());
    if (closed) {
      return CompletableFuture.failedFuture(ended());
    }
    long bytes = counted(waiting, 1);
    if (bytes > settings.queuedBytes() || !queue.offer(waiting)) {
      counted(waiting, -1);
      return refused(
          ErrorCode.EVIDENCE_UNAVAILABLE,
          "too many records wait for the log (bound: %d); try again"
              .formatted(settings.queuedEntries()));
    }
    if (closed && queue.remove(waiting)) {
      return CompletableFuture.failedFuture(ended());
    }
    if (lingering && (waiting.isAwaited() || bytes > LINGERING_BYTES)) {
      LockSupport.unpark(thread);
    }
    return waiting.index();
  }

  /// Counts the entry in or out; bytes that wait then.
  private long counted(Waiting waiting, int times) {
    awaited.addAndGet(waiting.isAwaited() ? times : 0);
    return queuedBytes.addAndGet((long) times * waiting.entry().weightBytes());
  }

  /// Inbox door: the entry becomes a leaf soon after the caller's transaction has committed, and
  /// never when it has not.
  public void enqueue(DSLContext transaction, PreparedEntry entry) {
    LogTables.putInbox(transaction, entry);
  }

  /// Refuses further entries, writes those that wait, and ends.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
        thread.join(CLOSING);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        Waiting first = queue.poll(settings.inboxEvery().toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
          linger();
          storeBatch(batch(first));
        }
        if (first == null || System.nanoTime() - lastInboxNanos > settings.inboxEvery().toNanos()) {
          storeInbox();
        }
      }
    } catch (InterruptedException interrupted) {
      LOG.warn("the sequencer was interrupted; waiting records are refused");
    } catch (Error fatal) {
      broken = true;
      LOG.error("the log's writer has ended; restart Remit", fatal);
    } finally {
      closed = true;
      List<Waiting> left = new ArrayList<>();
      queue.drainTo(left);
      complete(left, ended());
    }
  }

  private RemitException ended() {
    return broken
        ? new RemitException(
            ErrorCode.EVIDENCE_UNAVAILABLE, "the log's writer has ended by an error; restart Remit")
        : new RemitException(ErrorCode.SHUTTING_DOWN, "the log is being closed");
  }

  /// Why nothing can be written now, as far as it is known; empty while all is well.
  public Optional<String> problem() {
    if (broken) {
      return Optional.of("the log's writer has ended by an error; restart Remit");
    }
    return batchesFail || inboxFails
        ? Optional.of("the latest records could not be written to the log; see the server's log")
        : Optional.empty();
  }

  /// Waits until somebody waits for an entry, enough has come together or the time is over.
  private void linger() {
    long end = System.nanoTime() + settings.linger().toNanos();
    lingering = true;
    long left = settings.linger().toNanos();
    while (left > 0 && !closed && awaited.get() == 0 && queuedBytes.get() <= LINGERING_BYTES) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    lingering = false;
  }

  private List<Waiting> batch(Waiting first) {
    List<Waiting> batch = new ArrayList<>();
    long bytes = 0;
    Waiting next = first;
    while (next != null) {
      batch.add(next);
      bytes += next.entry().weightBytes();
      counted(next, -1);
      boolean full = batch.size() >= settings.batchEntries() || bytes >= BATCH_BYTES;
      next = full ? null : queue.poll();
    }
    return batch;
  }

  private void storeBatch(List<Waiting> batch) {
    try {
      long start = store.store(batch.stream().map(Waiting::entry).toList());
      works(batchesFail);
      batchesFail = false;
      Thread.startVirtualThread(() -> {
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).index().complete(start + i);
        }
      });
    } catch (SQLException | RuntimeException failure) {
      fails(batchesFail, "records could not be written to the log", failure);
      batchesFail = true;
      complete(
          batch,
          new RemitException(
              ErrorCode.EVIDENCE_UNAVAILABLE,
              "the record could not be written to the log, so nothing may go on; see the server's"
                  + " own log, free its disk or database, then try again",
              failure));
    } catch (Error fatal) {
      broken = true;
      complete(batch, ended());
      throw fatal;
    }
  }

  private void storeInbox() {
    lastInboxNanos = System.nanoTime();
    try {
      while (store.storeInbox(settings.batchEntries()) == settings.batchEntries()) {
        LOG.debug("a full batch was taken from the inbox; looking for more");
      }
      works(inboxFails);
      inboxFails = false;
    } catch (SQLException | RuntimeException failure) {
      fails(inboxFails, "the inbox could not be moved into the log; it is tried again", failure);
      inboxFails = true;
    }
  }

  /// An outage is said once when it begins and once when it is over, however often it is met.
  private static void fails(boolean already, String what, Exception failure) {
    if (!already) {
      LOG.error("{}: {}", what, innermost(failure).toString());
    }
    LOG.debug("{}", what, failure);
  }

  private static void works(boolean again) {
    if (again) {
      LOG.warn("the log can be written again");
    }
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : innermost(cause);
  }

  private static void complete(List<Waiting> batch, RemitException failure) {
    Thread.startVirtualThread(
        () -> batch.forEach(waiting -> waiting.index().completeExceptionally(failure)));
  }

  private static CompletableFuture<Long> refused(ErrorCode code, String message) {
    return CompletableFuture.failedFuture(new RemitException(code, message));
  }
}
