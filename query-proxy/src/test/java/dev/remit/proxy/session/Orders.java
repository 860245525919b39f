package dev.remit.proxy.session;

import dev.remit.proxy.session.Scene.Action;
import dev.remit.proxy.wire.FrontendMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Plays the same client in every order in which plans, the source and the client's chunks can
/// follow one another, with one mischief at every possible moment.
///
/// Depth first: a run takes the first possible action once its given choices are used up; the next
/// run differs in the last choice that has another one left.
final class Orders {
  /// Ends an exploration that grew by mistake.
  private static final int MOST_RUNS = 60_000;

  private final Vertx vertx;
  private final Context loop;
  private final List<List<FrontendMessage>> chunks;
  private final int batches;
  private final @Nullable Action mischief;
  private final CompletableFuture<Integer> done = new CompletableFuture<>();
  private List<Integer> chosen = new ArrayList<>();
  private List<Integer> widths = new ArrayList<>();
  private final List<Action> played = new ArrayList<>();
  private @Nullable List<String> transcript;
  private Scene scene;
  private boolean mischiefDone;
  private int step;
  private int runs;

  /// @param batches how many ReadyForQuery the chunks ask for
  /// @param mischief what happens once at any time, if anything
  Orders(Vertx vertx, List<List<FrontendMessage>> chunks, int batches, @Nullable Action mischief) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.chunks = chunks;
    this.batches = batches;
    this.mischief = mischief;
    this.scene = new Scene(vertx);
  }

  /// Plays them all; answers how many there were.
  ///
  /// @throws AssertionError naming the order in which something went wrong
  int explore() {
    loop.runOnContext(ignored -> guarded(this::begin));
    return done.orTimeout(200, TimeUnit.SECONDS).join();
  }

  private void begin() {
    runs++;
    played.clear();
    widths = new ArrayList<>();
    step = 0;
    mischiefDone = false;
    scene = new Scene(vertx);
    scene.will(List.of(new FrontendMessage.Query("select 0")));
    quietly(() -> {
      chunks.forEach(scene::will);
      choose();
    });
  }

  /// Goes on in one fixed order until nothing is left to happen.
  private void quietly(Runnable then) {
    EnumSet<Action> possible = scene.possible();
    if (possible.isEmpty()) {
      then.run();
    } else {
      scene.happens(possible.iterator().next());
      settled(() -> quietly(then));
    }
  }

  private void choose() {
    EnumSet<Action> possible = scene.possible();
    if (possible.isEmpty()) {
      require(scene.isGone() || scene.batches() == batches + 1, "not every batch was answered");
      probe();
      return;
    }
    if (mischief != null && !mischiefDone) {
      possible.add(mischief);
    }
    List<Action> options = List.copyOf(possible);
    if (step == chosen.size()) {
      chosen.add(0);
    }
    widths.add(options.size());
    Action action = options.get(chosen.get(step++));
    mischiefDone |= action == mischief;
    played.add(action);
    scene.happens(action);
    settled(this::choose);
  }

  /// Whatever was left behind shows in a last pair of statements.
  private void probe() {
    if (scene.isGone()) {
      end();
      return;
    }
    requireSameTranscript();
    scene.source.backends.forEach(ScriptedBackend::forgetCancel);
    int before = scene.answers.size();
    scene.will(List.of(new FrontendMessage.Query("rollback;select zone;show TimeZone")));
    quietly(() -> {
      List<String> zones =
          scene.answers.subList(before, scene.answers.size()).stream()
              .filter(answer -> answer.startsWith("D "))
              .toList();
      require(scene.batches() == batches + 2, "the session does not go on");
      require(zones.size() == 2, "a last statement was not answered: " + zones);
      require(zones.getFirst().equals(zones.getLast()), "source and SHOW differ: " + zones);
      int again = scene.answers.size();
      scene.will(List.of(new FrontendMessage.Query("set TimeZone UTC;select zone")));
      quietly(() -> {
        require(
            scene.answers.subList(again, scene.answers.size()).stream()
                .anyMatch(answer -> answer.startsWith("D ") && answer.endsWith("UTC")),
            "the zone cannot be set back");
        end();
      });
    });
  }

  /// Without mischief the client is told the same in whatever order it comes about.
  private void requireSameTranscript() {
    if (mischief == null) {
      List<String> told = List.copyOf(scene.answers);
      require(transcript == null || told.equals(transcript), "elsewhere it was told " + transcript);
      transcript = told;
    }
  }

  private void end() {
    require(scene.mistakes.isEmpty(), scene.mistakes.toString());
    require(scene.nothingIsLent(), "a connection is still lent");
    int last = chosen.size() - 1;
    while (last >= 0 && chosen.get(last) + 1 >= widths.get(last)) {
      last--;
    }
    if (last < 0) {
      done.complete(runs);
      return;
    }
    require(runs < MOST_RUNS, "too many orders");
    chosen = new ArrayList<>(chosen.subList(0, last + 1));
    chosen.set(last, chosen.get(last) + 1);
    settled(this::begin);
  }

  private void settled(Runnable next) {
    loop.runOnContext(
        first -> loop.runOnContext(second -> loop.runOnContext(third -> guarded(next))));
  }

  private void guarded(Runnable next) {
    try {
      next.run();
    } catch (RuntimeException | AssertionError failure) {
      done.completeExceptionally(failure);
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise + "\nafter " + played + "\ntold " + scene.answers);
    }
  }
}
