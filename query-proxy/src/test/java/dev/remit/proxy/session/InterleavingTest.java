package dev.remit.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.session.Scene.Action;
import dev.remit.proxy.wire.FrontendMessage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: in whatever order plans, answers, errors, losses and cancels come, each batch ends with
/// one ReadyForQuery, nothing runs after its batch has failed, and nothing is left behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterleavingTest {
  private Vertx vertx;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1/*1*/",
        "select 1/0/*1*/;select 2/*1*/",
        "select 1/*1*/;select 1/0/*1*/;select 3/*1*/",
        "select unparsable/*1*/;select 2/*1*/;select 3/*1*/",
        "select 1/*1*/;refused;select 3/*1*/",
        "select 1/0/*1*/;refused",
        "begin;set TimeZone X;rollback",
        "begin;set TimeZone X;commit",
        "begin;local TimeZone X;commit",
        "set TimeZone X;select 1/0/*1*/;select 2/*1*/",
        "set TimeZone X;set TimeZone Y",
        "set TimeZone X;refused",
        "begin;select 1/0/*1*/;rollback",
        "begin;set TimeZone X;select 1/0/*1*/",
        "begin;rollback;set TimeZone X",
        "begin;local TimeZone X;commit;set TimeZone Y"
      })
  void aSimpleQueryIsAnsweredInEveryOrder(String texts) {
    List<List<FrontendMessage>> chunks = List.of(List.of(new FrontendMessage.Query(texts)));
    inEveryOrder(chunks, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin;set TimeZone X;rollback",
        "select 1/0;select 2",
        "select unparsable;select 2",
        "refused;select 2",
        "set TimeZone X;select 1/0",
        "select 1;refused",
        "select 1/0;select 2 from t"
      })
  void aPipelineInOneBatchIsAnsweredInEveryOrder(String texts) {
    List<List<FrontendMessage>> chunks = new ArrayList<>();
    for (String text : texts.split(";")) {
      chunks.add(extended(tagged(text, 1)));
    }
    chunks.add(List.of(new FrontendMessage.Sync()));
    inEveryOrder(chunks, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin;set TimeZone X;rollback",
        "begin;set TimeZone X;commit",
        "select 1/0;select 2",
        "begin;select 1/0",
        "refused;select 2",
        "set TimeZone X;select 1/0",
        "select 1/0;set TimeZone X",
        "select 1/0;begin;select 2",
        "set TimeZone X;begin;reset all;rollback",
        "begin;savepoint a;select 1/0;undo a",
        "begin;select 1/0;chain;select 2"
      })
  void aPipelineOfBatchesIsAnsweredInEveryOrder(String texts) {
    List<List<FrontendMessage>> chunks = new ArrayList<>();
    for (String text : texts.split(";")) {
      List<FrontendMessage> batch = new ArrayList<>(extended(tagged(text, chunks.size() + 1)));
      batch.add(new FrontendMessage.Sync());
      chunks.add(batch);
    }
    inEveryOrder(chunks, chunks.size());
  }

  private void inEveryOrder(List<List<FrontendMessage>> chunks, int batches) {
    assertThat(new Orders(vertx, chunks, batches, null).explore()).isPositive();
    for (Action mischief : List.of(Action.LOST, Action.CANCEL, Action.CLOSE)) {
      assertThat(new Orders(vertx, chunks, batches, mischief).explore()).isGreaterThan(1);
    }
  }

  private static String tagged(String text, int batch) {
    return text.startsWith("select") ? text + "/*" + batch + "*/" : text;
  }

  static List<FrontendMessage> extended(String text) {
    return List.of(
        new FrontendMessage.Parse("", text, List.of()),
        new FrontendMessage.Bind(
            "", "", List.of(), 0, Buffer.buffer(), SourceSubmission.NO_PARAMETERS.resultFormats()),
        new FrontendMessage.Execute("", 0));
  }
}
