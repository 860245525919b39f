package dev.remit.server.http;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Future;
import java.io.IOException;
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
      if (cause instanceof RemitException refusal && refusal.code() == ErrorCode.CONFLICT) {
        throw refused("is taken by another program; free it, or", port, what, variable, failure);
      }
      // The JDK's transport says BindException, the native ones an IOException of their own.
      if (cause instanceof IOException unable) {
        boolean taken = String.valueOf(unable.getMessage()).contains("in use");
        String why =
            taken
                ? "is taken by another program; free it, or"
                : "cannot be opened (" + unable.getMessage() + ");";
        throw refused(why, port, what, variable, failure);
      }
      throw failure;
    }
  }

  private static RemitException refused(
      String why, int port, String what, String variable, Exception failure) {
    return new RemitException(
        ErrorCode.INVALID_CONFIGURATION,
        "port %d of %s %s choose another with %s".formatted(port, what, why, variable),
        failure);
  }
}
