package dev.remit.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.session.Scene.Action;
import dev.remit.proxy.wire.FrontendMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Goal: what is held back (rows, checks of the schema) is neither let through too early nor
/// forgotten.
class HeldBackTest {

  @Test
  void aSourceWhoseRowsFillTheClientStaysPausedWhenTheirRecordIsDurable() {
    try (Stage stage = new Stage()) {
      Scene scene = stage.scene();
      ScriptedSocket source = scene.source.backends.getFirst().socket;
      CompletableFuture<Long> durable = new CompletableFuture<>();
      scene.durable = durable;
      scene.will(List.of(new FrontendMessage.Query("select personal")));
      stage.act(Action.CLIENT);
      stage.act(Action.PLAN);
      stage.act(Action.SOURCE);
      assertThat(source.isReading()).isFalse();

      stage.act(open -> open.client.full(true));
      stage.act(open -> durable.complete(1L));
      assertThat(scene.answers).contains("C SELECT 1 ");
      assertThat(source.isReading()).isFalse();

      stage.act(open -> open.client.full(false));
      assertThat(source.isReading()).isTrue();
    }
  }

  @Test
  void aSchemaCheckThatAnEarlierErrorSkippedIsMadeUpFor() {
    try (Stage stage = new Stage()) {
      stage.scene().will(chunk("select 1/0", "select 1 from t"));
      stage.act(Action.CLIENT);
      stage.act(Action.PLAN);
      stage.act(Action.PLAN);
      stage.quiet();
      assertThat(stage.scene().parsed).containsOnlyOnce(ScriptedSource.FINGERPRINTS);
      stage.query("select 2 from t");
      assertThat(stage.scene().parsed).filteredOn(ScriptedSource.FINGERPRINTS::equals).hasSize(2);
      stage.query("select 3 from t");
      assertThat(stage.scene().parsed).filteredOn(ScriptedSource.FINGERPRINTS::equals).hasSize(2);
    }
  }

  @Test
  void aCancelledSchemaCheckIsTellingOfTheCancelAndNotOfDrift() {
    try (Stage stage = new Stage()) {
      stage.scene().will(List.of(new FrontendMessage.Query("select 1 from t")));
      stage.act(Action.CLIENT);
      stage.act(Action.PLAN);
      stage.act(Action.CANCEL);
      stage.quiet();
      assertThat(stage.scene().answers)
          .anyMatch(answer -> answer.startsWith("E ") && answer.contains("C57014"))
          .noneMatch(answer -> answer.contains("C55000"));
    }
  }

  private static List<FrontendMessage> chunk(String... texts) {
    List<FrontendMessage> messages = new java.util.ArrayList<>();
    for (String text : texts) {
      messages.addAll(InterleavingTest.extended(text));
    }
    messages.add(new FrontendMessage.Sync());
    return messages;
  }
}
