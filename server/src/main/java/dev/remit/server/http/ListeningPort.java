package dev.remit.server.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Future;
import java.net.BindException;
import java.util.concurrent.CompletionException;

/// Waits until a port listens, and names the port and its remedy when it is taken.
public final class ListeningPort {
  private ListeningPort() {}

  /// @param what listens there, as people call it
  /// @param variable by which another port is chosen
  public static <T> T await(Future<T> listening, int port, String what, String variable) {
    try {
      return listening.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      Throwable cause = failure.getCause();
      boolean taken =
          cause instanceof BindException
              || (cause instanceof RemitException refusal && refusal.code() == ErrorCode.CONFLICT);
      if (!taken) {
        throw failure;
      }
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "port %d of %s is taken by another program; free it, or choose another with %s"
              .formatted(port, what, variable),
          failure);
    }
  }
}
