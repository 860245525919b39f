package dev.remit.platform.db;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the embedded server up: one that ended without being told to (killed, out of memory, out
/// of disk) is started again, for as long as it takes, with growing pauses.
///
/// Owns one virtual thread from construction to [#close].
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final BooleanSupplier runs;
  private final Runnable start;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// @param runs whether the server's process is there
  /// @param start starts it and returns when it answers; throws when it does not
  ServerWatch(BooleanSupplier runs, Runnable start) {
    this.runs = runs;
    this.start = start;
    this.thread = Thread.ofVirtual().name("postgres-watch").start(this::watch);
  }

  private void watch() {
    Duration pause = LOOK;
    try {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = runs.getAsBoolean() || startedAgain() ? LOOK : longer(pause);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean startedAgain() {
    LOG.warn("the embedded PostgreSQL has ended by itself; starting it again");
    try {
      start.run();
      LOG.warn("the embedded PostgreSQL runs again");
      return true;
    } catch (RuntimeException failure) {
      LOG.warn("the embedded PostgreSQL does not start; it is tried again", failure);
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /// Ends the watch; a start that is under way is waited for.
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
