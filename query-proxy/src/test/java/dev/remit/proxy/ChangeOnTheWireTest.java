package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.upstream.UpstreamTarget;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: a decision that changes between any two messages of a statement holds from the next one,
/// down to a statement that waits for a connection while it changes.
class ChangeOnTheWireTest {
  private static final Buffer TEXT = Buffer.buffer(new byte[] {0, 0});
  private static final String CHANGING = "select generate_series(1, 500) /*changing*/";

  private final ProxyFixture proxy =
      new ProxyFixture(
          ChangeOnTheWireTest::oneLoop, ChangeOnTheWireTest::oneConnection, Optional.empty());

  @AfterEach
  void stop() {
    proxy.close();
  }

  private static QueryProxySettings oneLoop(QueryProxySettings settings) {
    return new QueryProxySettings(
        settings.host(),
        settings.port(),
        settings.tls(),
        settings.plainTextAllowed(),
        settings.maximumConnections(),
        1,
        settings.loginMillis(),
        settings.limits(),
        settings.user(),
        settings.drainMillis());
  }

  private static UpstreamTarget oneConnection(UpstreamTarget target) {
    return new UpstreamTarget(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        target.password(),
        target.tls(),
        target.connectCheckSql(),
        1,
        1,
        10_000,
        target.idleMillis());
  }

  @Test
  void betweenParseAndBindTheNewDecisionHolds() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      send(
          client,
          out -> {
            FrontendMessages.parse(out, "s", CHANGING, List.of());
            FrontendMessages.flush(out);
          });
      assertThat(client.typesUntil('1')).isEqualTo("1");
      proxy.planner.changePolicy();
      long rows = proxy.planner.epoch() * 100;
      send(
          client,
          out -> {
            bind(out, "", "s");
            FrontendMessages.execute(out, "", 0);
            FrontendMessages.sync(out);
          });
      assertThat(client.typesUntil('Z').chars().filter(type -> type == 'D')).hasSize((int) rows);
    }
  }

  @Test
  void betweenBindAndExecuteTheStatementEnds() throws Exception {
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      send(
          client,
          out -> {
            FrontendMessages.parse(out, "", CHANGING, List.of());
            bind(out, "", "");
            FrontendMessages.flush(out);
          });
      assertThat(client.typesUntil('2')).isEqualTo("12");
      proxy.planner.changePolicy();
      send(
          client,
          out -> {
            FrontendMessages.execute(out, "", 0);
            FrontendMessages.sync(out);
          });
      assertThat(client.read().field('C')).isEqualTo("55000");
      assertThat(client.typesUntil('Z')).isEqualTo("Z");
    }
  }

  @Test
  void betweenDescribeAndBindAnotherResultTypeIsRefusedUnderTheNameThatDriversKnow()
      throws Exception {
    proxy.planner.retypedFrom = proxy.planner.epoch();
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      send(
          client,
          out -> {
            FrontendMessages.parse(out, "s", "select 1 /*retyped*/", List.of());
            FrontendMessages.describe(out, 'S', "s");
            FrontendMessages.flush(out);
          });
      assertThat(client.typesUntil('T')).isEqualTo("1tT");
      proxy.planner.changePolicy();
      send(
          client,
          out -> {
            bind(out, "", "s");
            FrontendMessages.execute(out, "", 0);
            FrontendMessages.sync(out);
          });
      RawClient.Message refusal = client.read();
      assertThat(refusal.field('C')).isEqualTo("0A000");
      assertThat(refusal.field('R')).isEqualTo("RevalidateCachedQuery");
    }
  }

  @Test
  void whoseTokenHasExpiredIsRefusedWhateverWasPrepared() throws Exception {
    proxy.loginEnds = Optional.of(Instant.EPOCH);
    try (RawClient client = RawClient.loggedIn(proxy.port())) {
      for (String sql : List.of("select 1", "show timezone", "begin")) {
        send(client, out -> FrontendMessages.query(out, sql));
        assertThat(client.read().field('C')).as(sql).isEqualTo("28000");
        assertThat(client.typesUntil('Z')).isEqualTo("Z");
      }
    }
  }

  @Test
  void whoWaitsForAConnectionGetsTheDecisionOfTheMomentItRuns() throws Exception {
    try (RawClient holder = RawClient.loggedIn(proxy.port());
        RawClient waiting = RawClient.loggedIn(proxy.port())) {
      send(holder, out -> FrontendMessages.query(out, "begin"));
      holder.typesUntil('Z');
      send(holder, out -> FrontendMessages.query(out, "select 1"));
      holder.typesUntil('Z');
      long planned = proxy.planner.plans.get();
      send(waiting, out -> FrontendMessages.query(out, CHANGING));
      while (proxy.planner.plans.get() == planned) {
        Thread.onSpinWait();
      }
      proxy.planner.changePolicy();
      long rows = proxy.planner.epoch() * 100;
      send(holder, out -> FrontendMessages.query(out, "commit"));
      assertThat(waiting.typesUntil('Z').chars().filter(type -> type == 'D')).hasSize((int) rows);
    }
  }

  private static void send(RawClient client, Consumer<Buffer> messages) throws Exception {
    Buffer out = Buffer.buffer();
    messages.accept(out);
    client.send(out);
  }

  private static void bind(Buffer out, String portal, String statement) {
    FrontendMessages.bind(out, portal, statement, SourceSubmission.NO_PARAMETERS, List.of(), TEXT);
  }
}
