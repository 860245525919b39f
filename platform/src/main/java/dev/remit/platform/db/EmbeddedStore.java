package dev.remit.platform.db;

import dev.remit.platform.disk.FolderLock;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// A PostgreSQL server of Remit's own in a kept folder, for those who have none: unpacked from the
/// jar, initialised once, started and stopped with Remit.
///
/// It runs as a production server does, not as the test library that ships it would: forced writes,
/// synchronous commit, SCRAM passwords only, loopback only, nothing deleted ([PostgresSettings]). A
/// crash of Remit leaves the server running without its owner; the next start stops that one and
/// recovers from the write-ahead log, so nothing committed is lost. A crash of the server is
/// answered by [ServerWatch]: it is started again on the same port. One process per folder.
///
/// Two kinds of databases live in it: the store, whose role alone may connect to it, and others
/// made by [#createDatabase], each under an owner and a reader of its own. Passwords are generated,
/// one file of mode 0600 per role.
public final class EmbeddedStore implements AutoCloseable {
  public static final String STORE = "remit";
  static final String ADMINISTRATOR = "remit_admin";
  private static final String STORE_ROLE = "remit_store";
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final FolderLock lock;
  private final PostgresProgram program;
  private final SecureRandom random;
  private final int port;
  private final ServerWatch watch;

  private EmbeddedStore(
      Path folder, FolderLock lock, PostgresProgram program, SecureRandom random, int port) {
    this.folder = folder;
    this.lock = lock;
    this.program = program;
    this.random = random;
    this.port = port;
    startServer();
    this.watch = new ServerWatch(program::runs, this::startAgain);
  }

  /// Where a database is and how to log in.
  public record Access(String host, int port, String database, String user, String password) {
    public String jdbcUrl() {
      return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /// `postgresql://user@host:port/database`, without the password.
    public String uri() {
      return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }

    Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /// Never shows the password.
    @Override
    public String toString() {
      return uri();
    }
  }

  /// A database beside the store: who may change it and who may only read it.
  public record Sample(Access owner, Access reader) {}

  /// Starts the server of this folder and returns when it answers.
  ///
  /// @param port TCP port on loopback; 0 takes a free one at the first start and keeps it
  public static EmbeddedStore start(Path folder, int port, SecureRandom random) {
    FolderLock lock = FolderLock.take(folder, "lock");
    try {
      PostgresProgram program =
          PostgresProgram.unpack(folder.resolve("programs"), folder.resolve("data"));
      program.stopOrphan();
      int chosen = choosePort(folder, port);
      return new EmbeddedStore(folder, lock, program, random, chosen);
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  /// Access to Remit's own database, made at the first call.
  public Access store() {
    String password = password(STORE_ROLE);
    try (Connection connection = administrator("postgres").connect()) {
      if (!exists(connection, "pg_database", "datname", STORE)) {
        execute(connection, "create database %s template template0".formatted(STORE));
        execute(
            connection, "revoke connect, temporary on database %s from public".formatted(STORE));
      }
      ensureRole(connection, STORE_ROLE, password, "createrole");
      execute(connection, "alter database %s owner to %s".formatted(STORE, STORE_ROLE));
    } catch (SQLException failure) {
      throw failed("could not prepare the store", failure);
    }
    return new Access(HOST, port, STORE, STORE_ROLE, password);
  }

  /// Makes, where absent, a database with an owner `NAME_owner` and a reader `NAME_reader` that may
  /// connect and read what the owner makes, and nothing else.
  ///
  /// @param name lower-case letters and digits
  public Sample createDatabase(String name) {
    if (!name.matches("[a-z][a-z0-9]{0,40}") || name.equals(STORE)) {
      throw new IllegalArgumentException("not a name for a database beside the store: " + name);
    }
    String owner = name + "_owner";
    String reader = name + "_reader";
    Access ownerAccess = new Access(HOST, port, name, owner, password(owner));
    Access readerAccess = new Access(HOST, port, name, reader, password(reader));
    try (Connection connection = administrator("postgres").connect()) {
      ensureRole(connection, owner, ownerAccess.password(), "nocreaterole");
      ensureRole(connection, reader, readerAccess.password(), "nocreaterole");
      if (!exists(connection, "pg_database", "datname", name)) {
        execute(
            connection, "create database %s owner %s template template0".formatted(name, owner));
      }
      execute(connection, "revoke all on database %s from public".formatted(name));
      execute(connection, "grant connect on database %s to %s".formatted(name, reader));
      execute(connection, "alter role %s set default_transaction_read_only = on".formatted(reader));
    } catch (SQLException failure) {
      throw failed("could not make the database " + name, failure);
    }
    try (Connection connection = administrator(name).connect()) {
      execute(connection, "revoke all on schema public from public");
      execute(connection, "alter schema public owner to %s".formatted(owner));
      execute(connection, "grant usage on schema public to %s".formatted(reader));
      execute(
          connection,
          "alter default privileges for role %s grant usage on schemas to %s"
              .formatted(owner, reader));
      execute(
          connection,
          "alter default privileges for role %s grant select on tables to %s"
              .formatted(owner, reader));
    } catch (SQLException failure) {
      throw failed("could not set the privileges of the database " + name, failure);
    }
    return new Sample(ownerAccess, readerAccess);
  }

  /// Drops a database beside the store with everything in it; nothing happens when it is not there.
  public void dropDatabase(String name) {
    if (name.equals(STORE)) {
      throw new IllegalArgumentException("the store is not dropped");
    }
    try (Connection connection = administrator("postgres").connect()) {
      execute(connection, "drop database if exists %s with (force)".formatted(name));
    } catch (SQLException failure) {
      throw failed("could not drop the database " + name, failure);
    }
  }

  public int port() {
    return port;
  }

  /// Stops the server and waits until its data are on disk. The folder stays.
  @Override
  public void close() {
    try {
      watch.close();
      program.stop();
    } finally {
      lock.close();
    }
  }

  Access administrator(String database) {
    return new Access(HOST, port, database, ADMINISTRATOR, password(ADMINISTRATOR));
  }

  private void startServer() {
    password(ADMINISTRATOR);
    if (!program.isInitialised()) {
      program.initialise(ADMINISTRATOR, passwordFile(ADMINISTRATOR));
    }
    program.start(PostgresSettings.serverSettings(port), PostgresSettings.authentication());
    PostgresSettings.verify(administrator("postgres"));
  }

  private void startAgain() {
    program.stopOrphan();
    startServer();
  }

  private String password(String role) {
    return PrivateFiles.password(passwordFile(role), random);
  }

  private Path passwordFile(String role) {
    return folder.resolve("passwords").resolve(role);
  }

  private static int choosePort(Path folder, int port) {
    Path kept = folder.resolve("port");
    if (port != 0) {
      if (!isFree(port)) {
        throw new RemitException(
            ErrorCode.INVALID_CONFIGURATION,
            "port "
                + port
                + " of the embedded PostgreSQL is taken by another program; free it, or choose"
                + " another with REMIT_DB_PORT (0 takes any free one)");
      }
      return port;
    }
    if (Files.exists(kept)) {
      int last =
          Integer.parseInt(new String(PrivateFiles.read(kept), StandardCharsets.UTF_8).strip());
      if (isFree(last)) {
        return last;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = socket.getLocalPort();
      PrivateFiles.write(kept, free + "\n");
      return free;
    } catch (IOException failure) {
      throw new IllegalStateException("no free port on loopback", failure);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static void ensureRole(
      Connection connection, String role, String password, String attribute) throws SQLException {
    if (!exists(connection, "pg_roles", "rolname", role)) {
      execute(connection, "create role %s".formatted(role));
    }
    execute(
        connection,
        "alter role %s login nosuperuser nocreatedb nobypassrls noreplication %s password '%s'"
            .formatted(role, attribute, password.replace("'", "''")));
  }

  private static boolean exists(Connection connection, String relation, String column, String name)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select 1 from pg_catalog." + relation + " where " + column + " = ?")) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static IllegalStateException failed(String what, SQLException failure) {
    return new IllegalStateException(what + " in the embedded PostgreSQL", failure);
  }
}
