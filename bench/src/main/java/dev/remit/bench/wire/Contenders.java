package dev.remit.bench.wire;

import dev.remit.platform.db.EmbeddedStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts the ways to one database: PostgreSQL itself, pgbouncer before it, Remit before it, and
/// Remit with a log that forgets.
///
/// The governed tables are pgbench's, of which the policy masks one column, so that every query
/// goes through a rewrite, and one of persons with an e-mail address that the policy shows clear,
/// so that its rows wait for their record.
final class Contenders implements AutoCloseable {
  static final int ACCOUNTS_PER_SCALE = 100_000;
  static final int PERSONS = 100_000;
  private static final int POOL = 16;
  private static final String ROLE = "bench_reader";
  private static final String PASSWORD = "bench";

  private final Path folder = Files.createTempDirectory("remit-bench");
  private final EmbeddedPostgres postgres;
  private final GovernedProxies proxies;
  private final Map<String, Process> bouncers = new HashMap<>();

  /// One way to the data, as libpq's environment variables.
  ///
  /// @param processId of the process in the middle, 0 = none
  record Contender(String name, Map<String, String> environment, long processId) {
    /// For pgjdbc.
    Connection connect() throws SQLException {
      java.util.Properties properties = new java.util.Properties();
      properties.setProperty("user", value("PGUSER"));
      properties.setProperty("password", value("PGPASSWORD"));
      properties.setProperty("sslmode", "disable");
      if (environment.containsKey("PGOPTIONS")) {
        properties.setProperty("options", value("PGOPTIONS"));
      }
      return DriverManager.getConnection(
          "jdbc:postgresql://%s:%s/%s"
              .formatted(value("PGHOST"), value("PGPORT"), value("PGDATABASE")),
          properties);
    }

    private String value(String variable) {
      return String.valueOf(environment.get(variable));
    }
  }

  Contenders(int scale) throws Exception {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_connections", "200")
            .start();
    execute("postgres", "create database bench");
    String port = Integer.toString(postgres.getPort());
    Commands.run(
        Map.of(),
        List.of(
            "pgbench",
            "-i",
            "-q",
            "-s",
            "" + scale,
            "-h",
            "localhost",
            "-p",
            port,
            "-U",
            "postgres",
            "bench"));
    execute(
        "bench",
        """
        create table persons (id int primary key, email text not null);
        insert into persons select n, 'person' || n || '@example.org' from generate_series(1, %d) n;
        vacuum analyze persons;
        create role %s login password '%s';
        grant usage on schema public to %2$s;
        grant select on all tables in schema public to %2$s;
        """
            .formatted(PERSONS, ROLE, PASSWORD));
    proxies =
        new GovernedProxies(
            folder, "postgresql://" + ROLE + "@127.0.0.1:" + port + "/bench", PASSWORD);
  }

  /// All, with pgbouncer in the given mode of pooling.
  List<Contender> all(String poolMode) throws IOException, InterruptedException {
    return List.of(direct(), bouncer(poolMode), remit(), forgetful());
  }

  Contender direct() {
    return new Contender("direct", libpq(postgres.getPort(), ROLE, PASSWORD), 0);
  }

  Contender remit() {
    return new Contender("remit", governed(proxies.port()), ProcessHandle.current().pid());
  }

  private Contender forgetful() {
    return new Contender(
        "remit, log apart", governed(proxies.forgetfulPort()), ProcessHandle.current().pid());
  }

  /// Remit's own database, where its log is.
  EmbeddedStore.Access store() {
    return proxies.store();
  }

  private Contender bouncer(String poolMode) throws IOException, InterruptedException {
    int port = "session".equals(poolMode) ? 6471 : 6470;
    if (!bouncers.containsKey(poolMode)) {
      bouncers.put(poolMode, startBouncer(poolMode, port));
    }
    Process process = java.util.Objects.requireNonNull(bouncers.get(poolMode));
    return new Contender("pgbouncer", libpq(port, ROLE, PASSWORD), process.pid());
  }

  private static Map<String, String> governed(int port) {
    Map<String, String> environment =
        new HashMap<>(libpq(port, GovernedProxies.USER, GovernedProxies.PASSWORD));
    environment.put("PGOPTIONS", "-c remit.purpose=bench");
    return environment;
  }

  private static Map<String, String> libpq(int port, String user, String password) {
    return Map.of(
        "PGHOST",
        "127.0.0.1",
        "PGPORT",
        Integer.toString(port),
        "PGDATABASE",
        "bench",
        "PGUSER",
        user,
        "PGPASSWORD",
        password,
        "PGSSLMODE",
        "disable");
  }

  private Process startBouncer(String poolMode, int port) throws IOException, InterruptedException {
    Path own = Files.createTempDirectory("remit-bench-bouncer");
    Path users = Files.writeString(own.resolve("users.txt"), "\"bench_reader\" \"bench\"\n");
    Path settings =
        Files.writeString(
            own.resolve("pgbouncer.ini"),
            """
            [databases]
            bench = host=127.0.0.1 port=%d dbname=bench
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = %s
            default_pool_size = %d
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits,options
            log_connections = 0
            log_disconnections = 0
            """
                .formatted(postgres.getPort(), port, users, poolMode, POOL));
    Commands.run(Map.of(), List.of("chmod", "-R", "a+rX", own.toString()));
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command =
        root
            ? List.of("pgbouncer", "-q", "-u", "nobody", settings.toString())
            : List.of("pgbouncer", "-q", settings.toString());
    return new ProcessBuilder(command).inheritIO().start();
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
        Statement statement = connection.createStatement()) {
      for (String part : sql.split(";\\s*")) {
        statement.execute(part);
      }
    }
  }

  @Override
  public void close() throws IOException {
    bouncers.values().forEach(Process::destroy);
    proxies.close();
    postgres.close();
  }
}
