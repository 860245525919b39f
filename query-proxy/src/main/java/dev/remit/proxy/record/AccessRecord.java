package dev.remit.proxy.record;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Objects;
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
        ? Optional.of(unwritten(intent.exceptionNow()))
        : Optional.empty();
  }

  private static RemitException unwritten(Throwable cause) {
    if (cause instanceof RemitException refusal && !refusal.code().retryable()) {
      return new RemitException(
          ErrorCode.STATEMENT_TOO_COMPLEX,
          "the access record of this statement would be too large, so it is not answered; ask for"
              + " fewer tables and columns at a time");
    }
    return new RemitException(
        ErrorCode.EVIDENCE_UNAVAILABLE,
        "the access record could not be written, so nothing is shown; try again later");
  }

  /// Waits until the intent is durable; only on threads that may block.
  ///
  /// @throws RemitException when it could not be written
  public void requireDurable() {
    intent.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).handle((index, failure) -> 0).join();
    problem()
        .ifPresent(problem -> {
          throw problem;
        });
  }

  /// Runs the action, on any thread, when the intent is durable or has failed; a log that says
  /// nothing for half a minute has failed.
  public void whenDecided(Runnable action) {
    intent.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    var unused = intent.whenComplete((index, failure) -> action.run());
  }

  /// As [#whenDecided], on the event loop that asks.
  public Future<AccessRecord> decided() {
    Context loop = Objects.requireNonNull(Vertx.currentContext(), "asked on an event loop");
    Promise<AccessRecord> promise = Promise.promise();
    whenDecided(() -> loop.runOnContext(ignored -> promise.complete(this)));
    return promise.future();
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
