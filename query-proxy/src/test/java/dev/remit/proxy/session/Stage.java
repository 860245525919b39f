package dev.remit.proxy.session;

import dev.remit.proxy.wire.FrontendMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Plays one [Scene] step by step from a test's thread; each step has had all its effects when it
/// returns.
final class Stage implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private Scene scene;

  /// A session that has run one statement.
  Stage() {
    CompletableFuture<Scene> made = new CompletableFuture<>();
    loop.runOnContext(ignored -> made.complete(new Scene(vertx)));
    scene = made.join();
    query("select 0");
  }

  Scene scene() {
    return scene;
  }

  /// Does something on the event loop.
  void act(Consumer<Scene> step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(first -> {
      try {
        step.accept(scene);
        loop.runOnContext(second -> loop.runOnContext(third -> done.complete(null)));
      } catch (RuntimeException | AssertionError failure) {
        done.completeExceptionally(failure);
      }
    });
    done.orTimeout(10, TimeUnit.SECONDS).join();
  }

  void act(Scene.Action action) {
    act(open -> open.happens(action));
  }

  /// Lets everything happen that can, in one fixed order.
  void quiet() {
    while (!scene.possible().isEmpty()) {
      act(scene.possible().iterator().next());
    }
  }

  /// Sends a Query message and waits until nothing more happens.
  void query(String texts) {
    scene.will(java.util.List.of(new FrontendMessage.Query(texts)));
    quiet();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
