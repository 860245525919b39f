package dev.remit.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The embedded PostgreSQL keeps what it acknowledges and lets in only whom it should.
///
/// Settings are read back from the running server, refusals are tried, a crash is played.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedStoreTest {
  @TempDir private static Path folder;
  private static EmbeddedStore server;

  @BeforeAll
  static void start() {
    server = EmbeddedStore.start(folder.resolve("postgres"), 0, new SecureRandom());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatItAcknowledgesIsOnDisk() throws SQLException {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("full_page_writes")).isEqualTo("on");
    assertThat(show("data_checksums")).isEqualTo("on");
  }

  @Test
  void onlyLoopbackAndOnlyByScram() throws SQLException {
    assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(show("unix_socket_directories")).isEmpty();
    assertThat(show("password_encryption")).isEqualTo("scram-sha-256");
    assertThat(
            query(
                server.administrator("postgres"),
                "select auth_method || ' ' || coalesce(address, 'local') from pg_hba_file_rules"))
        .containsExactly("scram-sha-256 127.0.0.1", "reject 127.0.0.1", "scram-sha-256 127.0.0.1");
    assertThat(
            query(
                server.administrator("postgres"),
                "select rolname from pg_authid where rolpassword not like 'SCRAM-SHA-256$%'"))
        .isEmpty();
  }

  @Test
  void aWrongPasswordIsRefused() {
    EmbeddedStore.Access store = server.store();
    assertThatThrownBy(() -> DriverManager.getConnection(store.jdbcUrl(), store.user(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, refusal -> assertThat(refusal.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void theStoreRoleIsNoSuperuserAndMayMigrate() throws SQLException {
    EmbeddedStore.Access store = server.store();
    assertThat(query(store, "select rolsuper::text from pg_roles where rolname = current_user"))
        .containsExactly("false");
    execute(store, "create schema tried; create table tried.t (id int); drop schema tried cascade");
  }

  @Test
  void rolesOfAnotherDatabaseCannotConnectToTheStore() throws SQLException {
    server.store();
    EmbeddedStore.Sample shop = server.createDatabase("shop");
    for (EmbeddedStore.Access access : List.of(shop.owner(), shop.reader())) {
      assertThatThrownBy(() -> connectToStoreAs(access))
          .as(access.toString())
          .isInstanceOf(SQLException.class);
    }
    assertThat(
            query(
                server.administrator("postgres"),
                """
                select rolname from pg_roles
                where has_database_privilege(rolname, 'remit', 'CONNECT')
                  and rolname not like 'pg_%' order by 1
                """))
        .containsExactly("remit_admin", "remit_store");
  }

  @Test
  void theReaderOfADatabaseReadsAndDoesNothingElse() throws SQLException {
    EmbeddedStore.Sample crm = server.createDatabase("crm");
    execute(crm.owner(), "create table c (id int); insert into c values (7)");
    assertThat(query(crm.reader(), "select id::text from c")).containsExactly("7");
    for (String statement :
        List.of(
            "set transaction read write; insert into c values (8)",
            "create table mine (id int)",
            "create temporary table mine (id int)",
            "select pg_read_file('postgresql.conf')",
            "copy c to program 'true'")) {
      assertThatThrownBy(() -> execute(crm.reader(), statement))
          .as(statement)
          .isInstanceOf(SQLException.class);
    }
    server.dropDatabase("crm");
  }

  @Test
  void noPasswordShowsInTheTextForm() {
    assertThat(server.store().toString()).doesNotContain(server.store().password());
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() {
    assertThatThrownBy(() -> EmbeddedStore.start(folder.resolve("postgres"), 0, new SecureRandom()))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("in use by another Remit process");
  }

  @Test
  void aTakenPortIsNamedWithItsRemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() ->
              EmbeddedStore.start(
                  folder.resolve("other"), taken.getLocalPort(), new SecureRandom()))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("REMIT_DB_PORT");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void itsDataAndPortOutliveAStop() throws SQLException {
    execute(server.store(), "create table public.kept as select 42 as answer");
    int port = server.port();
    server.close();
    start();
    assertThat(server.port()).isEqualTo(port);
    assertThat(query(server.store(), "select answer::text from public.kept")).containsExactly("42");
  }

  @Test
  @Order(Integer.MAX_VALUE - 1)
  void aKilledServerIsStartedAgainWithWhatItHadCommitted() throws Exception {
    execute(server.store(), "create table public.committed as select 44 as answer");
    EmbeddedStore.Access store = server.store();
    ProcessHandle killed = postmaster();
    killed.destroyForcibly();
    killed.onExit().get();
    Instant end = Instant.now().plusSeconds(60);
    while (!answers(store)) {
      assertThat(Instant.now()).as("a minute has passed").isBefore(end);
      LockSupport.parkNanos(50_000_000);
    }
    assertThat(query(store, "select answer::text from public.committed")).containsExactly("44");
    assertThat(show("fsync")).isEqualTo("on");
  }

  private static boolean answers(EmbeddedStore.Access access) {
    try {
      access.connect().close();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static ProcessHandle postmaster() throws IOException {
    Path pidFile = folder.resolve("postgres/data/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst())).orElseThrow();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void whatWasCommittedSurvivesAKilledServerAndAStaleProcessNumber() throws Exception {
    execute(server.store(), "create table public.acknowledged as select 43 as answer");
    Path pidFile = folder.resolve("postgres/data/postmaster.pid");
    List<String> lines = new ArrayList<>(Files.readAllLines(pidFile));
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(lines.getFirst())).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get();
    server.close();
    // The number now belongs to another living program: this one.
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);
    start();
    assertThat(query(server.store(), "select answer::text from public.acknowledged"))
        .containsExactly("43");
  }

  private static void connectToStoreAs(EmbeddedStore.Access access) throws SQLException {
    DriverManager.getConnection(server.store().jdbcUrl(), access.user(), access.password()).close();
  }

  private static String show(String setting) throws SQLException {
    return query(server.administrator("postgres"), "show " + setting).getFirst();
  }

  private static List<String> query(EmbeddedStore.Access access, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static void execute(EmbeddedStore.Access access, String sql) throws SQLException {
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
