package dev.remit.platform.testing;

import dev.remit.platform.db.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The real PostgreSQL of a test run: the server at `PG_TEST_URL` when that is set (a superuser's
/// `jdbc:postgresql:` address), else one embedded server per JVM. Never skipped.
///
/// Each call of [#createDatabase] gives a fresh, empty database.
public final class TestPostgres {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres embedded;

  private TestPostgres() {}

  /// Address of one database on the test server, with a superuser's credentials.
  public record Address(String host, int port, String database, String user, String password) {
    public String jdbcUrl() {
      return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /// Runs statements separated by the JDBC driver's own rules, as the superuser.
    public void execute(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException failure) {
        throw new IllegalStateException("could not prepare the test database", failure);
      }
    }

    /// Opens it as Remit's own store.
    public Database open() {
      return new Database(jdbcUrl(), user, password, 8);
    }
  }

  /// A new empty database.
  public static Address createDatabase() {
    Address server = server();
    String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    server.execute("create database " + name);
    return new Address(server.host(), server.port(), name, server.user(), server.password());
  }

  private static synchronized Address server() {
    @Nullable String url = System.getenv("PG_TEST_URL");
    if (url != null) {
      var properties =
          java.util.Objects.requireNonNull(
              org.postgresql.Driver.parseURL(url, null),
              "PG_TEST_URL is not a jdbc:postgresql: address");
      return new Address(
          properties.getProperty("PGHOST", "localhost"),
          Integer.parseInt(properties.getProperty("PGPORT", "5432")),
          properties.getProperty("PGDBNAME", "postgres"),
          properties.getProperty("user", "postgres"),
          properties.getProperty("password", ""));
    }
    if (embedded == null) {
      try {
        embedded =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "128MB")
                .start();
      } catch (IOException failure) {
        throw new UncheckedIOException("the embedded PostgreSQL did not start", failure);
      }
    }
    return new Address("localhost", embedded.getPort(), "postgres", "postgres", "postgres");
  }
}
