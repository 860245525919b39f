package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.evidence.model.LogEntry;
import dev.remit.proxy.upstream.SchemaCheck;
import dev.remit.proxy.upstream.UpstreamTarget;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Goal: whatever fails (the log, the source, the client, the schema), nothing hangs, nothing is
/// shown that is not on the record, and the next statement works.
class FaultTest {

  @Test
  void rowsWithClearPersonalDataWaitForTheirIntent() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Long> durable = new CompletableFuture<>();
      proxy.append = entry -> isIntent(entry) ? durable : proxy.appendNow(entry);
      Future<String> row =
          threads.submit(() -> PgjdbcTest.one(connection, "select 'x' /*personal*/"));
      assertThatThrownBy(() -> row.get(400, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      durable.complete(1L);
      assertThat(row.get(5, TimeUnit.SECONDS)).isEqualTo("x");
    }
  }

  @Test
  void otherStatementsRunAheadOfTheLogByAShortTimeOnly() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Long> durable = aStatementRunsAhead(proxy, connection, threads);
      TimeUnit.MILLISECONDS.sleep(80);
      Future<String> late = threads.submit(() -> PgjdbcTest.one(connection, "select 'late'"));
      assertThatThrownBy(() -> late.get(400, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      durable.complete(1L);
      assertThat(late.get(5, TimeUnit.SECONDS)).isEqualTo("late");
    }
  }

  /// On a busy machine a single statement may take longer than the lead is: then it waits, as it
  /// should, and another one is tried. Answers the intent that is still to become durable.
  private static CompletableFuture<Long> aStatementRunsAhead(
      ProxyFixture proxy, Connection connection, ExecutorService threads) throws Exception {
    for (int attempt = 0; attempt < 20; attempt++) {
      CompletableFuture<Long> durable = new CompletableFuture<>();
      proxy.append = entry -> isIntent(entry) ? durable : proxy.appendNow(entry);
      Future<String> row = threads.submit(() -> PgjdbcTest.one(connection, "select 'ahead'"));
      try {
        assertThat(row.get(1, TimeUnit.SECONDS)).isEqualTo("ahead");
        return durable;
      } catch (TimeoutException tooBusy) {
        durable.complete(1L);
        assertThat(row.get(20, TimeUnit.SECONDS)).isEqualTo("ahead");
      }
    }
    throw new AssertionError("no statement ran ahead of the log");
  }

  @Test
  void aLogThatCannotBeWrittenStopsTheRows() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect()) {
      proxy.append =
          entry -> CompletableFuture.failedFuture(new IllegalStateException("disk full"));
      assertState(connection, "select 1 /*personal*/", "58030");
      assertState(connection, "select 2", "58030");
      proxy.append = proxy::appendNow;
      assertThat(PgjdbcTest.one(connection, "select 3")).isEqualTo("3");
    }
  }

  @Test
  void aSourceThatDiesInMidResultIsToldAndTheNextStatementWorks() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> state =
          threads.submit(() -> {
            try {
              PgjdbcTest.all(
                  connection, "select i, pg_sleep(0.001) from generate_series(1, 100000) i");
              return "none";
            } catch (SQLException lost) {
              return lost.getSQLState();
            }
          });
      await(() -> running(proxy, "pg_sleep(0.001)") == 1);
      kill(proxy, "pg_sleep(0.001)");
      assertThat(state.get(10, TimeUnit.SECONDS)).isEqualTo("08006");
      assertThat(PgjdbcTest.one(connection, "select 4")).isEqualTo("4");
    }
  }

  @Test
  void aSourceLostInsideATransactionFailsIt() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        Connection connection = proxy.connect()) {
      connection.setAutoCommit(false);
      PgjdbcTest.one(connection, "select 1 /*held*/");
      kill(proxy, "held");
      await(() -> running(proxy, "held") == 0);
      assertState(connection, "select 2", "08006");
      assertState(connection, "select 2", "25P02");
      connection.rollback();
      assertState(connection, "select forbidden", "42P01");
      connection.rollback();
      assertThat(PgjdbcTest.one(connection, "select 3")).isEqualTo("3");
    }
  }

  @Test
  void aClientThatVanishesFreesItsSource() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture()) {
      RawClient client = RawClient.loggedIn(proxy.port());
      Buffer out = Buffer.buffer();
      FrontendMessages.query(out, "select pg_sleep(60) /*vanish*/");
      client.send(out);
      await(() -> running(proxy, "vanish") == 1);
      client.close();
      await(() -> running(proxy, "vanish") == 0);
    }
  }

  @Test
  void aStopLetsARunningStatementEndAndRefusesNewWork() throws Exception {
    try (ProxyFixture proxy = new ProxyFixture();
        RawClient idle = RawClient.loggedIn(proxy.port());
        RawClient busy = RawClient.loggedIn(proxy.port())) {
      Buffer out = Buffer.buffer();
      FrontendMessages.query(out, "select pg_sleep(0.7) /*draining*/");
      busy.send(out);
      await(() -> running(proxy, "draining") == 1);
      Thread stop = Thread.ofVirtual().start(proxy.proxy::close);
      assertThat(idle.read().field('C')).isEqualTo("57P01");
      assertThat(busy.typesUntil('Z')).isEqualTo("TDCZ");
      assertThat(busy.read().field('C')).isEqualTo("57P01");
      assertThat(busy.readByte()).isEqualTo(-1);
      stop.join();
    }
  }

  @Test
  void aFullPoolAnswersAfterItsBound() throws Exception {
    try (ProxyFixture proxy =
            new ProxyFixture(
                settings -> withLoops(settings, 1),
                target -> withPool(target, 1, 300),
                Optional.empty());
        Connection holder = proxy.connect();
        Connection other = proxy.connect()) {
      holder.setAutoCommit(false);
      PgjdbcTest.one(holder, "select 1");
      assertState(other, "select 2", "53300");
      holder.commit();
      assertThat(PgjdbcTest.one(other, "select 3")).isEqualTo("3");
    }
  }

  @Test
  void aDriftedSchemaRefusesTheStatementAndNoRowPasses() throws Exception {
    SchemaCheck check =
        new SchemaCheck(
            "select oid::text, relname::text from pg_catalog.pg_class where oid = any($1::oid[])",
            (source, oid) -> Optional.of("pg_class"));
    try (ProxyFixture proxy =
            new ProxyFixture(
                UnaryOperator.identity(), UnaryOperator.identity(), Optional.of(check));
        Connection connection = proxy.connect()) {
      proxy.planner.tableOids = List.of(1259L);
      assertThat(PgjdbcTest.one(connection, "select 'as scanned'")).isEqualTo("as scanned");
      proxy.planner.tableOids = List.of(1249L);
      assertState(connection, "select 'drifted'", "55000");
      proxy.planner.tableOids = List.of();
      assertThat(PgjdbcTest.one(connection, "select 'again'")).isEqualTo("again");
    }
  }

  @Test
  void aSourceThatIsDownIsToldAtTheLogIn() {
    try (ProxyFixture proxy =
        new ProxyFixture(
            UnaryOperator.identity(),
            target ->
                new UpstreamTarget(
                    "127.0.0.1",
                    1,
                    "x",
                    "x",
                    "x",
                    UpstreamTarget.Tls.NONE,
                    Optional.empty(),
                    4,
                    4,
                    2_000,
                    60_000),
            Optional.empty())) {
      assertThat(proxy.psql("select 1")).contains("the source cannot be reached");
    }
  }

  @Test
  void aRoleThatCanWriteIsRefusedAtTheLogIn() {
    try (ProxyFixture proxy =
        new ProxyFixture(
            UnaryOperator.identity(),
            target ->
                new UpstreamTarget(
                    target.host(),
                    target.port(),
                    target.database(),
                    target.user(),
                    target.password(),
                    target.tls(),
                    Optional.of("select 'superuser'"),
                    4,
                    4,
                    2_000,
                    60_000),
            Optional.empty())) {
      assertThat(proxy.psql("select 1")).contains("can do more than read");
    }
  }

  private static boolean isIntent(LogEntry entry) {
    return entry.kind().equals("access.intent");
  }

  private static void assertState(Connection connection, String sql, String state) {
    assertThatThrownBy(() -> PgjdbcTest.one(connection, sql))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo(state));
  }

  private static int running(ProxyFixture proxy, String text) {
    try (Connection direct = proxy.database.connect()) {
      return Integer.parseInt(
          PgjdbcTest.one(
              direct,
              "select count(*) from pg_stat_activity where application_name = 'remit' and state in"
                  + " ('active', 'idle in transaction') and datname = current_database()"
                  + " and query like '%"
                  + text
                  + "%'"));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void kill(ProxyFixture proxy, String text) {
    proxy.database.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'remit'"
            + " and query like '%"
            + text
            + "%' and datname = current_database()");
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(8));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  static QueryProxySettings withLoops(QueryProxySettings settings, int loops) {
    return new QueryProxySettings(
        settings.host(),
        settings.port(),
        settings.tls(),
        settings.plainTextAllowed(),
        settings.maximumConnections(),
        loops,
        settings.loginMillis(),
        settings.limits(),
        settings.user(),
        settings.drainMillis());
  }

  static UpstreamTarget withPool(UpstreamTarget target, int connections, long waitMillis) {
    return withPool(target, connections, connections, waitMillis);
  }

  static UpstreamTarget withPool(
      UpstreamTarget target, int connections, int ofOneUser, long waitMillis) {
    return new UpstreamTarget(
        target.host(),
        target.port(),
        target.database(),
        target.user(),
        target.password(),
        target.tls(),
        target.connectCheckSql(),
        connections,
        ofOneUser,
        waitMillis,
        target.idleMillis());
  }
}
