package dev.remit.bench.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
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

/// Starts the three ways to one database: PostgreSQL itself, pgbouncer before it, Remit before it.
///
/// The governed table is pgbench's; the policy masks one column of it and filters nothing, so that
/// every query goes through a rewrite.
final class Contenders implements AutoCloseable {
  private static final int BOUNCER_PORT = 6470;
  private static final int REMIT_PORT = 5570;
  private static final String PASSWORD = "bench";
  static final String GOVERNED_USER = "bench_user";

  private final EmbeddedPostgres postgres;
  private final Path folder;
  private final Map<String, String> remitEnvironment;
  private final Process bouncer;
  private final String governedPassword;

  /// One way to the data, as libpq's environment variables.
  record Contender(String name, Map<String, String> environment, long processId) {}

  Contenders(int scale, String poolMode) throws Exception {
    folder = Files.createTempDirectory("remit-bench");
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_connections", "200")
            .start();
    execute("create database bench");
    Commands.run(
        Map.of(),
        "pgbench",
        "-i",
        "-q",
        "-s",
        "" + scale,
        "-h",
        "localhost",
        "-p",
        "" + postgres.getPort(),
        "-U",
        "postgres",
        "bench");
    execute("create role bench_reader login password '" + PASSWORD + "'");
    try (Connection connection = connect("bench");
        Statement statement = connection.createStatement()) {
      statement.execute("grant usage on schema public to bench_reader");
      statement.execute("grant select on all tables in schema public to bench_reader");
    }
    bouncer = startBouncer(poolMode);
    remitEnvironment =
        Map.of(
            "REMIT_FOLDER",
            folder.resolve("remit").toString(),
            "REMIT_HTTP_PORT",
            "8570",
            "REMIT_WIRE_PORT",
            "" + REMIT_PORT,
            "REMIT_DB_PORT",
            "0",
            "REMIT_SAMPLE_LOAD",
            "false",
            "REMIT_SOURCE_PASSWORD",
            PASSWORD,
            "REMIT_USER_PASSWORD",
            PASSWORD);
    governedPassword = startRemit();
  }

  List<Contender> all() throws Exception {
    return List.of(
        new Contender("direct", libpq(postgres.getPort(), "bench_reader", PASSWORD), 0),
        new Contender("pgbouncer", libpq(BOUNCER_PORT, "bench_reader", PASSWORD), bouncer.pid()),
        new Contender("remit", governed(), remitProcess()));
  }

  private Map<String, String> governed() {
    Map<String, String> environment =
        new HashMap<>(libpq(REMIT_PORT, GOVERNED_USER, governedPassword));
    environment.put("PGOPTIONS", "-c remit.purpose=bench");
    return environment;
  }

  private static Map<String, String> libpq(int port, String user, String password) {
    return Map.of(
        "PGHOST",
        "127.0.0.1",
        "PGPORT",
        "" + port,
        "PGDATABASE",
        "bench",
        "PGUSER",
        user,
        "PGPASSWORD",
        password,
        "PGSSLMODE",
        "disable");
  }

  private Process startBouncer(String poolMode) throws IOException, InterruptedException {
    Path users = Files.writeString(folder.resolve("users.txt"), "\"bench_reader\" \"bench\"\n");
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            bench = host=127.0.0.1 port=%d dbname=bench
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = %s
            default_pool_size = 16
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits,options
            log_connections = 0
            log_disconnections = 0
            """
                .formatted(postgres.getPort(), BOUNCER_PORT, users, poolMode));
    Commands.run(Map.of(), "chmod", "-R", "a+rX", folder.toString());
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command =
        root
            ? List.of("pgbouncer", "-q", "-u", "nobody", settings.toString())
            : List.of("pgbouncer", "-q", settings.toString());
    return new ProcessBuilder(command).inheritIO().start();
  }

  private String startRemit() throws Exception {
    Commands.run(remitEnvironment, "./remit", "up", "--detach");
    String address = "postgresql://bench_reader@127.0.0.1:" + postgres.getPort() + "/bench";
    Commands.run(remitEnvironment, "./remit", "source", "add", "bench", address);
    Path policy =
        Files.writeString(
            folder.resolve("bench.yaml"),
            """
            source: bench
            purposes:
              bench: {title: Benchmark, basis: contract, description: Measures the proxy}
            policies:
              - name: everything but the filler
                tables: [public.*]
                to: {groups: [bench]}
                for: [bench]
                masks:
                  - {columns: [filler], with: "null"}
            """);
    Commands.run(remitEnvironment, "./remit", "policy", "apply", policy.toString());
    Commands.run(remitEnvironment, "./remit", "user", "add", GOVERNED_USER, "--group", "bench");
    return PASSWORD;
  }

  private long remitProcess() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(folder.resolve("remit").resolve("server.json")))
        .path("pid")
        .asLong();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database,
        "postgres",
        "postgres");
  }

  @Override
  public void close() throws IOException {
    bouncer.destroy();
    try {
      Commands.run(remitEnvironment, "./remit", "down");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    postgres.close();
  }
}
