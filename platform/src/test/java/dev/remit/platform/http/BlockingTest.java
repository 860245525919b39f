package dev.remit.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/// Goal: who hands over work while the server stops is told so, on the event loop as elsewhere.
class BlockingTest {
  @Test
  void workAfterTheEndFailsItsFutureAndThrowsNothing() {
    Vertx vertx = Vertx.vertx();
    Blocking blocking = new Blocking(vertx);
    blocking.close();
    Future<String> late = blocking.run(() -> "done");
    vertx.close().toCompletionStage().toCompletableFuture().join();
    assertThat(late.cause())
        .isInstanceOfSatisfying(
            RemitException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
  }
}
