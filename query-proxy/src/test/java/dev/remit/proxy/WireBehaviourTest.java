package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Goal: byte for byte, the protocol is PostgreSQL's where it is right and refused clearly where a
/// client is wrong or hostile.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireBehaviourTest {
  private static final Buffer TEXT = Buffer.buffer(new byte[] {0, 0});
  private ProxyFixture proxy;

  @BeforeAll
  void start() {
    proxy = new ProxyFixture();
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @Test
  void aStatementOverTheBoundIsRefusedAndTheSessionGoesOn() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      client.send(query("select '" + "x".repeat(10_000_000) + "'"));
      assertThat(client.read().field('C')).isEqualTo("54000");
      assertThat(client.typesUntil('Z')).isEqualTo("Z");
      client.send(query("select 1"));
      assertThat(client.typesUntil('Z')).isEqualTo("TDCZ");
    }
  }

  @Test
  void aMessageOverTheBoundEndsTheConnection() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      client.send(Buffer.buffer().appendByte((byte) 'Q').appendInt(1 << 29));
      RawClient.Message refusal = client.read();
      assertThat(refusal.field('V')).isEqualTo("FATAL");
      assertThat(refusal.field('C')).isEqualTo("08P01");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void malformedMessagesEndTheConnection() throws Exception {
    List<Buffer> malformed =
        List.of(
            Buffer.buffer().appendByte((byte) 'Q').appendInt(3),
            Buffer.buffer().appendByte((byte) 'Q').appendInt(6).appendString("ab"),
            Buffer.buffer().appendByte((byte) 0x7F).appendInt(4),
            Buffer.buffer().appendByte((byte) 'B').appendInt(10).appendString("\0\0").appendInt(-1),
            Buffer.buffer().appendByte((byte) 'D').appendInt(6).appendString("X\0"),
            Buffer.buffer().appendByte((byte) 'S').appendInt(5).appendByte((byte) 0));
    for (Buffer bytes : malformed) {
      try (RawClient client = RawClient.loggedIn(proxy.port())) {
        client.send(bytes);
        RawClient.Message refusal = client.read();
        assertThat(refusal.field('C')).isEqualTo("08P01");
        assertThat(refusal.field('V')).isEqualTo("FATAL");
      }
    }
  }

  @Test
  void afterAnErrorEverythingIsSkippedUntilSync() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "", "select forbidden", List.of());
      execute(out, "", 0);
      FrontendMessages.parse(out, "", "select 2", List.of());
      FrontendMessages.sync(out);
      FrontendMessages.parse(out, "", "select 1/(random() * 0)::int", List.of());
      execute(out, "", 0);
      execute(out, "", 0);
      FrontendMessages.sync(out);
      FrontendMessages.parse(out, "", "select 3", List.of());
      execute(out, "", 0);
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("EZ");
      assertThat(client.typesUntil('Z')).isEqualTo("12EZ");
      assertThat(client.typesUntil('Z')).isEqualTo("12DCZ");
    }
  }

  @Test
  void theFunctionCallMessageIsRefused() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer call = Buffer.buffer().appendByte((byte) 'F').appendInt(14).appendBytes(new byte[10]);
      client.send(call.copy());
      assertThat(client.read().field('C')).isEqualTo("0A000");
      assertThat(client.typesUntil('Z')).isEqualTo("Z");
      FrontendMessages.query(call, "select 1");
      client.send(call);
      assertThat(client.typesUntil('Z')).isEqualTo("EZ");
      assertThat(client.typesUntil('Z')).isEqualTo("TDCZ");
    }
  }

  /// Half of a surrogate pair is three bytes long, as is the sign that stands for what is
  /// unreadable.
  @Test
  void bytesThatAreNoUtf8EndTheConnection() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      byte[] text = {'s', 'e', 'l', 'e', 'c', 't', ' ', '\'', -19, -96, -128, '\'', 0};
      client.send(Buffer.buffer().appendByte((byte) 'Q').appendInt(17).appendBytes(text));
      assertThat(client.read().field('C')).isEqualTo("08P01");
    }
  }

  /// Channel 29: the process id alone, which could be guessed, stops nothing.
  @Test
  void onlyItsOwnKeyCancelsAStatement() throws Exception {
    try (RawClient client = new RawClient(proxy.port())) {
      client.startup(Map.of());
      client.logIn(ProxyFixture.PASSWORD);
      Buffer key =
          client.readUntil('Z').stream()
              .filter(message -> message.type() == 'K')
              .findFirst()
              .orElseThrow()
              .body();
      Buffer secret = key.getBuffer(4, key.length());
      Buffer wrong = secret.copy().setByte(0, (byte) (secret.getByte(0) + 1));

      sleep(client, "0.5");
      cancelUntilAnswered(client, key.getInt(0), wrong, 3);
      assertThat(client.typesUntil('Z')).isEqualTo("TDCZ");

      sleep(client, "8");
      cancelUntilAnswered(client, key.getInt(0), secret, 30);
      assertThat(client.readUntil('Z').stream().filter(message -> message.type() == 'E'))
          .singleElement()
          .extracting(message -> message.field('C'))
          .isEqualTo("57014");
    }
  }

  private static void sleep(RawClient client, String seconds) throws Exception {
    Buffer query = Buffer.buffer();
    FrontendMessages.query(query, "select pg_sleep(" + seconds + ")");
    client.send(query);
  }

  /// Nothing tells when the source has begun, so it is asked more than once.
  private void cancelUntilAnswered(RawClient client, int processId, Buffer secret, int times)
      throws Exception {
    for (int i = 0; i < times && !client.hasAnswer(); i++) {
      cancel(processId, secret);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /// Returns when the proxy has dealt with the request.
  private void cancel(int processId, Buffer secret) throws Exception {
    try (RawClient canceller = new RawClient(proxy.port())) {
      Buffer request = Buffer.buffer();
      FrontendMessages.cancelRequest(request, processId, secret);
      canceller.send(request);
      assertThat(canceller.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void aPortalIsReadInPortions() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "", "select generate_series(1, 5)", List.of());
      bind(out, "p", "");
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.sync(out);
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("12DDsDDsDCZ");
      assertThat(client.readUntil('Z').getFirst().field('C')).isEqualTo("34000");
    }
  }

  @Test
  void flushBringsAnswersWithoutSync() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "named", "select $1::int", List.of());
      FrontendMessages.describe(out, 'S', "named");
      FrontendMessages.flush(out);
      client.send(out);
      assertThat(client.typesUntil('T')).isEqualTo("1tT");
      Buffer sync = Buffer.buffer();
      FrontendMessages.sync(sync);
      client.send(sync);
      assertThat(client.typesUntil('Z')).isEqualTo("Z");
    }
  }

  @Test
  void aPolicyChangeEndsASuspendedPortalWhoseDecisionChanged() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      client.send(query("begin"));
      assertThat(client.typesUntil('Z')).isEqualTo("CZ");
      FrontendMessages.parse(out, "", "select generate_series(1, 5) /*changing*/", List.of());
      bind(out, "p", "");
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("12DDsZ");

      proxy.planner.changePolicy();
      Buffer more = Buffer.buffer();
      FrontendMessages.execute(more, "p", 2);
      FrontendMessages.sync(more);
      client.send(more);
      assertThat(client.read().field('C')).isEqualTo("55000");
      assertThat(client.read().body().getByte(0)).isEqualTo((byte) 'E');
    }
  }

  @Test
  void aPolicyChangeLeavesAPortalWhoseDecisionIsTheSame() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = query("begin");
      FrontendMessages.parse(out, "", "select generate_series(1, 5)", List.of());
      bind(out, "p", "");
      FrontendMessages.execute(out, "p", 2);
      FrontendMessages.sync(out);
      client.send(out);
      client.readUntil('Z');
      client.readUntil('Z');
      proxy.planner.changePolicy();
      Buffer more = Buffer.buffer();
      FrontendMessages.execute(more, "p", 2);
      FrontendMessages.sync(more);
      client.send(more);
      assertThat(client.typesUntil('Z')).isEqualTo("DDsZ");
    }
  }

  @Test
  void aPreparedStatementWhoseResultTypeChangedIsRefused() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      proxy.planner.retypedFrom = proxy.planner.epoch();
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "s", "select 1 /*retyped*/", List.of());
      FrontendMessages.describe(out, 'S', "s");
      bind(out, "", "s");
      FrontendMessages.execute(out, "", 0);
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("1tT2DCZ");
      proxy.planner.changePolicy();
      Buffer again = Buffer.buffer();
      bind(again, "", "s");
      FrontendMessages.execute(again, "", 0);
      FrontendMessages.sync(again);
      client.send(again);
      List<RawClient.Message> answer = client.readUntil('Z');
      assertThat(answer).hasSize(2);
      assertThat(answer.getFirst().field('C')).isEqualTo("0A000");
    }
  }

  @Test
  void aNameMadeBySqlIsBoundByMessageAndOneMadeByParseIsExecutedBySql() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      client.send(query("prepare made as select 1"));
      assertThat(client.typesUntil('Z')).isEqualTo("CZ");
      Buffer out = Buffer.buffer();
      FrontendMessages.describe(out, 'S', "made");
      execute(out, "made", 0);
      FrontendMessages.parse(out, "parsed", "select 2", List.of());
      FrontendMessages.parse(out, "shown", "show timezone", List.of());
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("tT2DC11Z");
      client.send(query("execute parsed"));
      assertThat(client.typesUntil('Z')).isEqualTo("TDCZ");
      client.send(query("prepare parsed as select 3"));
      assertThat(client.read().field('C')).isEqualTo("42P05");
      client.typesUntil('Z');
      client.send(query("execute shown"));
      assertThat(client.read().field('C')).isEqualTo("0A000");
      client.typesUntil('Z');
      client.send(query("deallocate parsed; deallocate made"));
      assertThat(client.typesUntil('Z')).isEqualTo("CCZ");
    }
  }

  @Test
  void boundsOnPreparedStatementsHold() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      for (int i = 0; i < 1_001; i++) {
        FrontendMessages.parse(out, "s" + i, "show timezone", List.of());
      }
      FrontendMessages.sync(out);
      client.send(out);
      List<RawClient.Message> answer = client.readUntil('Z');
      assertThat(answer.get(1_000).field('M')).contains("at most 1000 prepared statements");
    }
  }

  @Test
  void aLongPipelineWithoutSyncIsAnswered() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "", "select 1", List.of());
      for (int i = 0; i < 5_000; i++) {
        execute(out, "", 0);
      }
      FrontendMessages.sync(out);
      client.send(out);
      assertThat(client.typesUntil('Z')).isEqualTo("1" + "2DC".repeat(5_000) + "Z");
    }
  }

  private static Buffer query(String text) {
    Buffer out = Buffer.buffer();
    FrontendMessages.query(out, text);
    return out;
  }

  private static void bind(Buffer out, String portal, String statement) {
    FrontendMessages.bind(out, portal, statement, SourceSubmission.NO_PARAMETERS, List.of(), TEXT);
  }

  private static void execute(Buffer out, String statement, int rows) {
    bind(out, "", statement);
    FrontendMessages.execute(out, "", rows);
  }
}
