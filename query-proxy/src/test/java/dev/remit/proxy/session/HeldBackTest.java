package dev.remit.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.session.Scene.Action;
import dev.remit.proxy.wire.FrontendMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void aStatementCancelledWhileItIsPlannedDoesNotRun() {
    try (Stage stage = new Stage()) {
      stage.scene().will(List.of(new FrontendMessage.Query("select 7")));
      stage.act(Action.CLIENT);
      stage.act(Action.CANCEL);
      stage.quiet();
      assertThat(stage.scene().answers).anyMatch(answer -> answer.contains("C57014"));
      assertThat(stage.scene().parsed).noneMatch(sql -> sql.contains("select 7"));
    }
  }

  @Test
  void answersWithoutRowsWaitForTheirRecordBeyondTheLead() throws Exception {
    try (Stage stage = new Stage()) {
      CompletableFuture<Long> durable = new CompletableFuture<>();
      stage.scene().durable = durable;
      stage.query("show TimeZone");
      assertThat(stage.scene().answers).containsOnlyOnce("C SHOW ");
      TimeUnit.MILLISECONDS.sleep(60);
      stage.query("show TimeZone");
      assertThat(stage.scene().answers).containsOnlyOnce("C SHOW ");

      stage.act(open -> durable.complete(1L));
      assertThat(stage.scene().answers).filteredOn("C SHOW "::equals).hasSize(2);
    }
  }

  @Test
  void refusalsWaitForTheirRecordBeyondTheLead() throws Exception {
    try (Stage stage = new Stage()) {
      CompletableFuture<Long> durable = new CompletableFuture<>();
      stage.scene().durable = durable;
      stage.query("show TimeZone");
      TimeUnit.MILLISECONDS.sleep(60);
      stage.query("refused");
      assertThat(stage.scene().answers).noneMatch(answer -> answer.contains("C42P01"));

      stage.act(open -> durable.complete(1L));
      assertThat(stage.scene().answers).last().isEqualTo("Z I");
      assertThat(stage.scene().answers).anyMatch(answer -> answer.contains("C42P01"));
    }
  }

  @Test
  void anAnswerWhoseRecordCannotBeWrittenIsAnError() {
    try (Stage stage = new Stage()) {
      stage.scene().durable =
          CompletableFuture.failedFuture(new IllegalStateException("disk full"));
      for (String text : List.of("show TimeZone", "set application_name x", "refused")) {
        int before = stage.scene().answers.size();
        stage.query(text);
        assertThat(stage.scene().answers.subList(before, stage.scene().answers.size()))
            .hasSize(2)
            .first()
            .asString()
            .contains("C58030");
      }
    }
  }

  @Test
  void aTokenThatExpiresEndsWhatItsOpenSessionMayDo() {
    try (Stage stage = new Stage()) {
      stage.act(open -> open.clock.pass(Duration.ofMinutes(59)));
      stage.query("show TimeZone");
      assertThat(stage.scene().answers).contains("C SHOW ");
      stage.act(open -> open.clock.pass(Duration.ofMinutes(1)));
      stage.scene().answers.clear();
      for (String text : List.of("select 1", "show TimeZone", "rollback")) {
        stage.query(text);
      }
      assertThat(stage.scene().answers)
          .filteredOn(answer -> !answer.startsWith("Z "))
          .hasSize(3)
          .allMatch(answer -> answer.contains("C28000"));
    }
  }

  @Test
  void aTextThatTheSourceRefusesIsOnTheRecordThoughNobodyAskedForItsRows() {
    try (Stage stage = new Stage()) {
      stage
          .scene()
          .will(
              List.of(
                  new FrontendMessage.Parse("", "select unparsable", List.of()),
                  new FrontendMessage.Sync()));
      int before = stage.scene().logged.size();
      stage.quiet();
      assertThat(stage.scene().logged.subList(before, stage.scene().logged.size()))
          .extracting(entry -> entry.kind() + " " + entry.fields().get("sqlState"))
          .containsExactly("access.intent null", "access.outcome 42601");
    }
  }

  @Test
  void aRefusedExecuteIsRecordedByItsStatement() {
    try (Stage stage = new Stage()) {
      stage.query("begin;refused");
      stage.scene().will(chunk("select 1"));
      stage.quiet();
      stage.query("select 2");
      assertThat(stage.scene().logged)
          .filteredOn(entry -> "refused".equals(entry.fields().get("decision")))
          .extracting(entry -> entry.fields().get("fingerprint"))
          .doesNotHaveDuplicates()
          .hasSize(3);
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
