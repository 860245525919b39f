package dev.remit.platform.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// The one bridge from event loop to blocking code: each call gets a virtual thread of its own, and
/// its result comes back on the context that asked.
///
/// A virtual-thread verticle would serialise its requests, therefore this class. It has no bound of
/// its own: each caller bounds what it has in flight (requests, sessions, statements).
public final class Blocking implements AutoCloseable {
  private final Vertx vertx;
  private final ExecutorService threads;

  public Blocking(Vertx vertx) {
    this(vertx, Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("remit-", 0).factory()));
  }

  /// As above, on other threads: for tests that say when each piece of work is done.
  ///
  /// @param threads closed by [#close]
  public Blocking(Vertx vertx, ExecutorService threads) {
    this.vertx = vertx;
    this.threads = threads;
  }

  /// Runs the work on a new virtual thread. The future completes on the caller's context; an
  /// exception fails it unchanged, and after [#close] it fails with SHUTTING_DOWN.
  public <T> Future<T> run(Callable<T> work) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    try {
      threads.execute(() -> {
        try {
          T result = work.call();
          context.runOnContext(ignored -> promise.complete(result));
        } catch (Throwable failure) {
          context.runOnContext(ignored -> promise.fail(failure));
        }
      });
    } catch (RejectedExecutionException closed) {
      promise.fail(new RemitException(ErrorCode.SHUTTING_DOWN, "Remit is shutting down", closed));
    }
    return promise.future();
  }

  @Override
  public void close() {
    threads.close();
  }
}
