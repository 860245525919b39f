package dev.remit.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// psycopg 3 with SQLAlchemy, and node-postgres, connect, browse and query through the proxy and
/// see masked values and visible rows only.
final class ClientLibraryTest {
  private static final Path INSTALLED = Path.of("target/clients").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static GovernedStack remit;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path installing = Files.createTempFile("install", ".out");
    Process install =
        new ProcessBuilder("bash", "src/test/clients/install")
            .redirectErrorStream(true)
            .redirectOutput(installing.toFile())
            .start();
    assertThat(install.waitFor())
        .as("installing the client libraries; its output is in %s", installing)
        .isZero();
    remit = GovernedStack.start();
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id integer primary key, email text, region text not null);
        insert into people select i, 'raw' || i || '@example.org', case when i > 20 then 'US' else 'EU' end
        from generate_series(1, 30) i;
        create table hidden (id integer primary key);
        """);
    remit.addSource("shop", database);
    remit.apply(
        "shop",
        """
        purposes:
          analytics: {title: Analytics, basis: contract, description: Reports}
        policies:
          - name: people
            tables: [public.people]
            to: {groups: [analysts]}
            for: [analytics]
            masks:
              - {columns: [email], with: token}
            rows: "region = 'EU'"
        """);
    remit.addUser("reader", "analysts");
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @Test
  void psycopgAndSqlAlchemyQueryAndBrowse() throws Exception {
    Map<String, List<JsonNode>> said = run("python3", "src/test/clients/psycopg_client.py");
    String token = first(said, "parameter").get(0).get(0).asText();
    assertThat(token).doesNotContain("raw").hasSizeGreaterThan(20);
    assertThat(first(said, "binary").get(0).get(0).asText()).isEqualTo(token);
    assertThat(first(said, "prepared").get(0).get(0).asText()).isEqualTo(token);
    assertThat(first(said, "server_cursor").asInt()).isEqualTo(20);
    assertThat(first(said, "copy").asInt()).isEqualTo(20);
    assertThat(first(said, "pipeline")).hasSize(3);
    assertThat(first(said, "delete").asText()).isEqualTo("25006");
    assertThat(first(said, "unknown").asText()).isEqualTo("42P01");
    assertThat(first(said, "after_error").get(0).asInt()).isEqualTo(1);
    assertThat(first(said, "tables").toString()).isEqualTo("[\"people\"]");
    assertThat(first(said, "columns")).hasSize(3);
    assertThat(first(said, "primary_key").toString()).isEqualTo("[\"id\"]");
    assertThat(first(said, "reflected").asInt()).isEqualTo(20);
  }

  @Test
  void nodePostgresQueriesAndPools() throws Exception {
    Map<String, List<JsonNode>> said = run("node", "src/test/clients/node_client.js");
    assertThat(first(said, "simple").get(0).get("n").asInt()).isEqualTo(20);
    String token = first(said, "parameter").get(0).get("email").asText();
    assertThat(token).doesNotContain("raw").hasSizeGreaterThan(20);
    assertThat(first(said, "named").get(0).get("email").asText()).isEqualTo(token);
    assertThat(all(said, "refused").stream().map(JsonNode::asText))
        .containsExactly("25006", "42P01", "42601");
    assertThat(first(said, "in_transaction").asText()).isEqualTo("42P01");
    assertThat(first(said, "failed_transaction").asText()).isEqualTo("25P02");
    assertThat(first(said, "after").get(0).get("one").asInt()).isEqualTo(1);
    assertThat(first(said, "pool")).hasSize(8).allMatch(count -> count.asInt() == 1);
  }

  private static List<JsonNode> all(Map<String, List<JsonNode>> said, String name) {
    return Objects.requireNonNull(said.get(name), name);
  }

  private static JsonNode first(Map<String, List<JsonNode>> said, String name) {
    return all(said, name).getFirst();
  }

  private static Map<String, List<JsonNode>> run(String interpreter, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            interpreter,
            Path.of(script).toAbsolutePath().toString(),
            "127.0.0.1",
            String.valueOf(remit.wirePort()),
            "shop",
            "reader",
            "analytics",
            "public.people",
            "email",
            "id");
    builder.environment().put("PGPASSWORD", remit.password("reader"));
    builder.environment().put("PGSSLMODE", "require");
    builder.environment().put("PYTHONPATH", INSTALLED.resolve("python").toString());
    builder.environment().put("NODE_PATH", INSTALLED.resolve("node_modules").toString());
    Path output = Files.createTempFile("client", ".out");
    Path errors = Files.createTempFile("client", ".err");
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the client ended in a minute").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    Map<String, List<JsonNode>> said = new HashMap<>();
    for (String line : Files.readString(output, StandardCharsets.UTF_8).lines().toList()) {
      JSON.readTree(line)
          .properties()
          .forEach(member ->
              said.computeIfAbsent(member.getKey(), ignored -> new ArrayList<>())
                  .add(member.getValue()));
    }
    return said;
  }
}
