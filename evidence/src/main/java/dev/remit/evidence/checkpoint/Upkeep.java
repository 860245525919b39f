package dev.remit.evidence.checkpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a log needs from time to time: a signed checkpoint when it has grown, and the end of bodies
/// that were kept long enough.
///
/// At most one checkpoint per interval, none while nothing is appended. Each one is proven to
/// continue the one before; a store that was altered is therefore noticed within an interval, not
/// when somebody asks. Owns one virtual thread from construction to [#close].
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Notary notary;
  private final ToLongFunction<Instant> deleteBodies;
  private final Clock clock;
  private final Duration every;
  private final Period keepBodies;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// @param deleteBodies deletes the bodies of entries from before an instant, answers how many
  /// @param every interval of both
  public Upkeep(
      Notary notary,
      ToLongFunction<Instant> deleteBodies,
      Clock clock,
      Duration every,
      Period keepBodies) {
    this.notary = notary;
    this.deleteBodies = deleteBodies;
    this.clock = clock;
    this.every = every;
    this.keepBodies = keepBodies;
    this.thread = Thread.ofVirtual().name("evidence-upkeep").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt("sign a checkpoint", () -> LOG.debug("signed {}", notary.current()));
        attempt("delete old bodies", this::deleteOld);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteOld() {
    Instant before = clock.instant().atZone(ZoneOffset.UTC).minus(keepBodies).toInstant();
    long deleted = deleteBodies.applyAsLong(before);
    if (deleted > 0) {
      LOG.info("deleted the bodies of {} entries from before {}", deleted, before);
    }
  }

  /// A log that cannot be kept up now may be at the next interval.
  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.error("could not {}; it is tried again", what, failure);
    }
  }

  /// Ends the thread; work that is under way is waited for.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
