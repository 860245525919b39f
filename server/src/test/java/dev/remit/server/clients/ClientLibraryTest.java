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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// psycopg 3 with SQLAlchemy, and node-postgres, connect, browse and query through the proxy and see
/// masked values and visible rows only.
final class ClientLibraryTest {
  private static final Path INSTALLED = Path.of("target/clients").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static GovernedStack remit;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Process install =
        new ProcessBuilder("bash", "src/test/clients/install")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(install.waitFor()).as("installing the client libraries").isZero();
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
    String token = said.get("parameter").getFirst().get(0).get(0).asText();
    assertThat(token).doesNotContain("raw").hasSizeGreaterThan(20);
    assertThat(said.get("binary").getFirst().get(0).get(0).asText()).isEqualTo(token);
    assertThat(said.get("prepared").getFirst().get(0).get(0).asText()).isEqualTo(token);
    assertThat(said.get("server_cursor").getFirst().asInt()).isEqualTo(20);
    assertThat(said.get("copy").getFirst().asInt()).isEqualTo(20);
    assertThat(said.get("pipeline").getFirst()).hasSize(3);
    assertThat(said.get("delete").getFirst().asText()).isEqualTo("25006");
    assertThat(said.get("unknown").getFirst().asText()).isEqualTo("42P01");
    assertThat(said.get("after_error").getFirst().get(0).asInt()).isEqualTo(1);
    assertThat(said.get("tables").getFirst().toString()).isEqualTo("[\"people\"]");
    assertThat(said.get("columns").getFirst()).hasSize(3);
    assertThat(said.get("primary_key").getFirst().toString()).isEqualTo("[\"id\"]");
    assertThat(said.get("reflected").getFirst().asInt()).isEqualTo(20);
  }

  @Test
  void nodePostgresQueriesAndPools() throws Exception {
    Map<String, List<JsonNode>> said = run("node", "src/test/clients/node_client.js");
    assertThat(said.get("simple").getFirst().get(0).get("n").asInt()).isEqualTo(20);
    String token = said.get("parameter").getFirst().get(0).get("email").asText();
    assertThat(token).doesNotContain("raw").hasSizeGreaterThan(20);
    assertThat(said.get("named").getFirst().get(0).get("email").asText()).isEqualTo(token);
    assertThat(said.get("refused").stream().map(JsonNode::asText))
        .containsExactly("25006", "42P01", "42601");
    assertThat(said.get("in_transaction").getFirst().asText()).isEqualTo("42P01");
    assertThat(said.get("failed_transaction").getFirst().asText()).isEqualTo("25P02");
    assertThat(said.get("after").getFirst().get(0).get("one").asInt()).isEqualTo(1);
    assertThat(said.get("pool").getFirst()).hasSize(8).allMatch(count -> count.asInt() == 1);
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
          .forEach(
              member ->
                  said.computeIfAbsent(member.getKey(), ignored -> new java.util.ArrayList<>())
                      .add(member.getValue()));
    }
    return said;
  }
}
