package dev.remit.server.testing;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.CommandRun;
import dev.remit.server.RunningRemit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// One Remit with sources, policies and users of the test's choice.
public final class GovernedStack implements AutoCloseable {
  private static final String READER_PASSWORD = "reads only";

  private final Path folder;
  private final RunningRemit remit;
  private final Map<String, TestPostgres.Address> sources = new HashMap<>();

  private GovernedStack(Path folder, RunningRemit remit) {
    this.folder = folder;
    this.remit = remit;
  }

  /// Starts over a store of its own, without the sample.
  public static GovernedStack start() throws IOException {
    return start(Map.of());
  }

  /// As [#start()], with variables of the configuration.
  public static GovernedStack start(Map<String, String> settings) throws IOException {
    Path folder = Files.createTempDirectory("remit");
    TestPostgres.Address store = TestPostgres.createDatabase();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("REMIT_SAMPLE_LOAD", "false");
    environment.put("REMIT_DB_URL", store.jdbcUrl());
    environment.put("REMIT_DB_USER", store.user());
    environment.put("REMIT_DB_PASSWORD", store.password());
    return new GovernedStack(folder, RunningRemit.start(folder, environment));
  }

  /// Starts over the embedded PostgreSQL in this folder, without the sample.
  public static GovernedStack start(Path folder) {
    return new GovernedStack(
        folder, RunningRemit.start(folder, Map.of("REMIT_SAMPLE_LOAD", "false")));
  }

  /// Registers the database under a reading role that is made for it.
  public void addSource(String name, TestPostgres.Address database) {
    String role = "reader_" + name + "_" + database.database();
    database.execute(
        """
        create role "%1$s" login password '%2$s';
        grant connect on database "%3$s" to "%1$s";
        do $grants$ declare s name; begin
          for s in select nspname from pg_namespace where nspname !~ '^(pg_|information_schema)' loop
            execute format('grant usage on schema %%I to "%1$s"', s);
            execute format('grant select on all tables in schema %%I to "%1$s"', s);
          end loop;
        end $grants$;
        """
            .formatted(role, READER_PASSWORD, database.database()));
    sources.put(name, database);
    command(
        Map.of("REMIT_SOURCE_PASSWORD", READER_PASSWORD),
        "source",
        "add",
        name,
        "postgresql://"
            + role
            + "@"
            + database.host()
            + ":"
            + database.port()
            + "/"
            + database.database());
  }

  /// Puts a governance file in force for the source; answers what changed.
  public String apply(String source, String governance) throws IOException {
    Path file = Files.createTempFile(folder, "governance", ".yaml");
    Files.writeString(file, "source: " + source + "\n" + governance);
    return command(Map.of(), "policy", "apply", file.toString());
  }

  /// @param attributes each as `name=value`
  public void addUser(String name, String group, String... attributes) {
    List<String> arguments = new ArrayList<>(List.of("user", "add", name, "--group", group));
    for (String attribute : attributes) {
      arguments.addAll(List.of("--attribute", attribute));
    }
    command(Map.of("REMIT_USER_PASSWORD", password(name)), arguments.toArray(String[]::new));
  }

  /// The password under which [#addUser] added her.
  public String password(String user) {
    return "password of " + user;
  }

  public int wirePort() {
    return remit.configuration().wire().port();
  }

  public RunningRemit remit() {
    return remit;
  }

  /// A pgjdbc connection through the proxy.
  public Connection connect(String user, String source, String purpose) throws SQLException {
    return connect(user, password(user), source, purpose);
  }

  /// As [#connect(String, String, String)], with another password or a token.
  public Connection connect(String login, String password, String source, String purpose)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login);
    properties.setProperty("password", password);
    properties.setProperty("options", "-c remit.purpose=" + purpose);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + wirePort() + "/" + source, properties);
  }

  /// First row of a statement at the source itself, past the proxy.
  public String direct(String source, String sql) throws SQLException {
    TestPostgres.Address database = sources.get(source);
    if (database == null) {
      throw new IllegalArgumentException("no source " + source);
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder row = new StringBuilder();
      rows.next();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.append(rows.getString(i)).append('|');
      }
      return row.toString();
    }
  }

  /// What psql prints, both streams, when it is given the script.
  public String psql(String user, String source, String purpose, String script)
      throws IOException, InterruptedException {
    Path input = Files.writeString(Files.createTempFile(folder, "script", ".sql"), script);
    Path output = Files.createTempFile(folder, "psql", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            "psql", "-X", "-q", "-h", "127.0.0.1", "-p", "" + wirePort(), "-U", user, "-d", source);
    builder.environment().put("PGPASSWORD", password(user));
    builder.environment().put("PGOPTIONS", "-c remit.purpose=" + purpose);
    Process process =
        builder
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("psql did not end in five minutes; its last words:\n" + tail(output));
    }
    // Not readString: what COPY writes in binary is no text.
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  private static String tail(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return text.substring(Math.max(0, text.length() - 2_000));
  }

  /// Runs a command that has to succeed and answers what it printed.
  public String run(String... arguments) {
    return command(Map.of(), arguments);
  }

  private String command(Map<String, String> environment, String... arguments) {
    CommandRun run = CommandRun.of(folder, environment, arguments);
    if (run.exit() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + run.err() + run.out());
    }
    return run.out();
  }

  @Override
  public void close() {
    remit.close();
  }
}
