package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.proxy.model.UserBounds;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Goal: what one user does cannot keep the others from being served, neither by many connections
/// nor by heavy statements nor by transactions left open.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserBoundsTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void whoHoldsHerShareWaitsForHerOwnAndTheOthersAreServed() throws Exception {
    try (ProxyFixture proxy = proxy(1_000, UserBounds.standard(), 4, 3, 1_500);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Connection fourth = proxy.connect();
        Connection other = proxy.connect(ProxyFixture.OTHER_USER, NONE)) {
      List<Connection> heavy = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Connection connection = proxy.connect();
        heavy.add(connection);
        connection.setAutoCommit(false);
        PgjdbcTest.one(connection, "select 1");
      }
      assertThat(PgjdbcTest.one(other, "select 'leaves one idle'")).isNotEmpty();
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(() -> messageOf(fourth, "select 4"), threads);

      assertThat(PgjdbcTest.one(other, "select 'served'")).isEqualTo("served");
      assertThat(waiting).isNotDone();
      assertThat(waiting.get(20, TimeUnit.SECONDS)).contains("53300", "wire.userShare");

      CompletableFuture<String> later =
          CompletableFuture.supplyAsync(() -> messageOf(fourth, "select 5"), threads);
      heavy.getFirst().commit();
      assertThat(later.get(20, TimeUnit.SECONDS)).isEqualTo("5");
      for (Connection connection : heavy) {
        connection.close();
      }
      assertThat(PgjdbcTest.one(fourth, "select 6")).isEqualTo("6");
    }
  }

  @Test
  void aLostConnectionFreesTheShareOfWhoHeldIt() throws Exception {
    try (ProxyFixture proxy = proxy(1_000, UserBounds.standard(), 4, 1, 5_000);
        Connection next = proxy.connect()) {
      for (int i = 0; i < 3; i++) {
        try (RawClient vanishing = RawClient.loggedIn(proxy.port())) {
          vanishing.send(query("select pg_sleep(30)"));
          vanishing.socket.close();
        }
        assertThat(PgjdbcTest.one(next, "select " + i)).isEqualTo("" + i);
      }
    }
  }

  @Test
  void oneUserCannotOpenAllConnections() throws Exception {
    UserBounds half = new UserBounds(50, Duration.ofMinutes(1), Duration.ofMinutes(1));
    try (ProxyFixture proxy = proxy(4, half, 4, 4, 1_500);
        Connection first = proxy.connect()) {
      Connection second = proxy.connect();
      assertState(proxy::connect, "53300");
      assertThatThrownBy(proxy::connect).hasMessageContaining("2 connections");
      try (Connection other = proxy.connect(ProxyFixture.OTHER_USER, NONE)) {
        assertThat(PgjdbcTest.one(other, "select 1")).isEqualTo("1");
      }
      second.close();
      FaultTest.await(() -> connects(proxy));
      assertThat(PgjdbcTest.one(first, "select 1")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10min",
    "1h, 10min",
    "601s, 10min",
    "600000, 10min",
    "10min, 10min",
    "0.5h, 10min",
    "30s, 30s",
    "1500, 1500ms",
    "2.5s, 2500ms",
    "400us, 10min",
    "999999999999999999d, 10min"
  })
  void aStatementsTimeCanBeLoweredButNotLifted(String asked, String effective) throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect();
        Statement statement = connection.createStatement()) {
      assertThat(PgjdbcTest.one(connection, "show statement_timeout")).isEqualTo("10min");
      statement.execute("set statement_timeout = '" + asked + "'");
      assertThat(PgjdbcTest.one(connection, "show statement_timeout")).isEqualTo(effective);
      assertThat(PgjdbcTest.one(connection, "select current_setting('statement_timeout')"))
          .isEqualTo(effective);
      statement.execute("reset statement_timeout");
      assertThat(PgjdbcTest.one(connection, "select current_setting('statement_timeout')"))
          .isEqualTo("10min");
    }
  }

  @Test
  void noStartupParameterLiftsIt() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect(Map.of("options", "-c statement_timeout=0"))) {
      assertThat(PgjdbcTest.one(connection, "select current_setting('statement_timeout')"))
          .isEqualTo("10min");
    }
  }

  @Test
  void whatIsNoTimeIsRefused() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect()) {
      for (String value : List.of("-1", "soon", "0x10", "1e9", "5 weeks", "")) {
        assertState(() -> execute(connection, "set statement_timeout = '" + value + "'"), "22023");
      }
    }
  }

  @Test
  void aStatementEndsAtTheBoundWhateverTheSessionSets() throws Exception {
    UserBounds second = new UserBounds(75, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (ProxyFixture proxy = proxy(10, second, 4, 4, 1_500);
        Connection connection = proxy.connect()) {
      execute(connection, "set statement_timeout = 0");
      assertState(() -> PgjdbcTest.one(connection, "select pg_sleep(30)"), "57014");
      connection.setAutoCommit(false);
      execute(connection, "set local statement_timeout = '1d'");
      assertState(() -> PgjdbcTest.one(connection, "select pg_sleep(30)"), "57014");
    }
  }

  @Test
  void anIdleTransactionEndsAndItsConnectionIsFree() throws Exception {
    UserBounds second = new UserBounds(75, Duration.ofMinutes(1), Duration.ofSeconds(1));
    try (ProxyFixture proxy = proxy(10, second, 1, 1, 10_000);
        Connection idle = proxy.connect();
        Connection next = proxy.connect(ProxyFixture.OTHER_USER, NONE)) {
      execute(idle, "set idle_in_transaction_session_timeout = 0");
      assertThat(PgjdbcTest.one(idle, "show idle_in_transaction_session_timeout")).isEqualTo("1s");
      idle.setAutoCommit(false);
      PgjdbcTest.one(idle, "select 1");
      assertThat(PgjdbcTest.one(next, "select 'served'")).isEqualTo("served");
      assertState(() -> PgjdbcTest.one(idle, "select 2"), "25P03");
    }
  }

  @Test
  void aBatchWithoutItsSyncEndsLikeAnIdleTransaction() throws Exception {
    UserBounds second = new UserBounds(75, Duration.ofMinutes(1), Duration.ofSeconds(1));
    try (ProxyFixture proxy = proxy(10, second, 1, 1, 10_000);
        RawClient idle = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.parse(out, "", "select 1", List.of());
      FrontendMessages.flush(out);
      idle.send(out);
      idle.socket.setSoTimeout(10_000);
      assertThat(idle.typesUntil('E')).isEqualTo("1E");
    }
  }

  @Test
  void aTransactionThatGoesOnAskingIsNotIdle() throws Exception {
    UserBounds second = new UserBounds(75, Duration.ofMinutes(1), Duration.ofSeconds(1));
    try (ProxyFixture proxy = proxy(10, second, 1, 1, 10_000);
        Connection busy = proxy.connect()) {
      busy.setAutoCommit(false);
      for (int i = 0; i < 8; i++) {
        assertThat(PgjdbcTest.one(busy, "select pg_sleep(0.3)")).isEmpty();
      }
      assertThat(PgjdbcTest.one(busy, "select pg_sleep(2)")).isEmpty();
    }
  }

  private static ProxyFixture proxy(
      int connections, UserBounds user, int upstreams, int ofOneUser, long waitMillis) {
    return new ProxyFixture(
        settings ->
            new QueryProxySettings(
                settings.host(),
                settings.port(),
                settings.tls(),
                settings.plainTextAllowed(),
                connections,
                1,
                settings.loginMillis(),
                settings.limits(),
                user,
                settings.drainMillis()),
        target -> FaultTest.withPool(target, upstreams, ofOneUser, waitMillis),
        Optional.empty());
  }

  private static boolean connects(ProxyFixture proxy) {
    try (Connection connection = proxy.connect()) {
      return connection.isValid(5);
    } catch (SQLException refused) {
      return false;
    }
  }

  private static String messageOf(Connection connection, String sql) {
    try {
      return PgjdbcTest.one(connection, sql);
    } catch (SQLException refusal) {
      return refusal.getSQLState() + " " + refusal.getMessage();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertState(ThrowingCallable action, String state) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo(state));
  }

  private static Buffer query(String text) {
    Buffer out = Buffer.buffer();
    FrontendMessages.query(out, text);
    return out;
  }
}
