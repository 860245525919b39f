package dev.remit.proxy.record;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The record of one statement on its way: its intent is appended, its outcome not yet.
///
/// Owned by the session's event loop; the log completes it from its own thread.
public final class AccessRecord {
  private static final long LONGEST_WAIT_SECONDS = 30;

  private final AccessRecorder recorder;
  private final String correlation;
  private final boolean mustBeDurable;
  private final long begunNanos;
  private final CompletableFuture<Long> intent;
  private boolean closed;

  AccessRecord(
      AccessRecorder recorder,
      String correlation,
      boolean mustBeDurable,
      long begunNanos,
      CompletableFuture<Long> intent) {
    this.recorder = recorder;
    this.correlation = correlation;
    this.mustBeDurable = mustBeDurable;
    this.begunNanos = begunNanos;
    this.intent = intent;
  }

  /// Whether rows may be relayed now.
  public boolean mayPass() {
    return intent.isDone() || (!mustBeDurable && recorder.isWithinBounds(begunNanos));
  }

  /// The refusal when the intent could not be written.
  public Optional<RemitException> problem() {
    return intent.isCompletedExceptionally()
        ? Optional.of(
            new RemitException(
                ErrorCode.EVIDENCE_UNAVAILABLE,
                "the access record could not be written, so no row is shown; try again later"))
        : Optional.empty();
  }

  /// Runs the action, on any thread, when the intent is durable or has failed; a log that says
  /// nothing for half a minute has failed.
  public void whenDecided(Runnable action) {
    intent.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    var unused = intent.whenComplete((index, failure) -> action.run());
  }

  /// Appends the outcome, once; later calls do nothing.
  ///
  /// @param sqlState `00000` when the statement ran to its end
  public void outcome(long rows, long bytes, String sqlState) {
    if (!closed) {
      closed = true;
      recorder.outcome(correlation, begunNanos, rows, bytes, sqlState);
    }
  }
}
