package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.http.Operation;
import dev.remit.server.testing.GovernedStack;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Goal: every change of what is in force names who made it, and every access through a token names
/// the token; nobody but an officer says who oversees.
class AuthorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// These change nothing, though they are no GET.
  private static final Set<String> ASKING = Set.of("planGovernance", "decide");

  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private static GovernedStack stack;
  private static HttpClient client;
  private static String readerOfShop = "";

  private record Answer(int status, JsonNode body) {}

  /// One call of every operation that changes something, in an order in which each succeeds.
  ///
  /// @param kinds of the entries it leaves
  private record Change(String operation, String path, String body, List<String> kinds) {}

  @BeforeAll
  static void start() throws IOException {
    stack = GovernedStack.start();
    client = HttpClient.newHttpClient();
    TestPostgres.Address crm = TestPostgres.createDatabase();
    crm.execute("create table people (id int primary key)");
    stack.addSource("crm", crm);
    stack.apply(
        "crm",
        """
        purposes: {work: {title: Work, basis: contract}}
        policies: [{name: all, tables: [public.people], to: {groups: [staff]}, for: [work]}]
        """);
    stack.addUser("ann", "staff");
    stack.addUser("opal", "running");
    stack.addUser("olga", "overseeing");
    defineRole(atTheMachine(), "operator", "running");
    defineRole(atTheMachine(), "officer", "overseeing");
    TestPostgres.Address shop = TestPostgres.createDatabase();
    readerOfShop = "reader_" + shop.database();
    shop.execute("create role " + readerOfShop + " login password 'reads only'");
    readerOfShop += "@" + shop.host() + ":" + shop.port() + "/" + shop.database();
  }

  @AfterAll
  static void stop() {
    client.close();
    stack.close();
  }

  private static List<Change> changes(String token) {
    return List.of(
        new Change(
            "addSource",
            "/sources",
            "{\"name\":\"shop\",\"url\":\"postgresql://%s\",\"password\":\"reads only\"}"
                .formatted(readerOfShop),
            List.of("catalog.source-added", "catalog.source-scanned")),
        new Change("scanSource", "/sources/shop/scans", "", List.of("catalog.source-scanned")),
        new Change(
            "applyGovernance",
            "/governance",
            "{\"document\":\"{source: crm, purposes: {play: {title: P, basis: consent}},"
                + " policies: [{name: more, tables: [public.people],"
                + " to: {groups: [x]}, for: [play]}]}\"}",
            List.of("catalog.declared", "policy.applied")),
        new Change("removePolicy", "/policies/crm/more", "", List.of("policy.removed")),
        new Change(
            "addUser",
            "/users",
            "{\"name\":\"bob\",\"password\":\"x\",\"groups\":[],\"attributes\":{}}",
            List.of("principal.added")),
        new Change(
            "defineRole",
            "/roles/reader",
            "{\"users\":[\"bob\"],\"groups\":[],\"roles\":[]}",
            List.of("role.defined")),
        new Change(
            "issueToken",
            "/tokens",
            "{\"user\":\"bob\",\"audience\":\"wire\",\"minutes\":5}",
            List.of("token.issued")),
        new Change("revokeToken", "/tokens/" + token, "", List.of("token.revoked")),
        new Change("removeUser", "/users/bob", "", List.of("principal.removed")),
        new Change("removeSource", "/sources/shop", "", List.of("catalog.source-removed")));
  }

  @Test
  void everyChangeNamesItsAuthorInTheLog() throws Exception {
    String revoked = token(atTheMachine(), "ann", "wire").path("id").asText();
    JsonNode opal = token(atTheMachine(), "opal", "api");
    requireEntryWith("token", opal.path("id").asText());
    List<Change> changes = changes(revoked);
    assertThat(changes.stream().map(Change::operation))
        .containsExactlyInAnyOrderElementsOf(
            stack.remit().wiring().operations().stream()
                .filter(operation -> !operation.method().equals(HttpMethod.GET))
                .map(Operation::id)
                .filter(id -> !ASKING.contains(id))
                .toList());
    for (Change change : changes) {
      Operation operation =
          stack.remit().wiring().operations().stream()
              .filter(one -> one.id().equals(change.operation()))
              .findFirst()
              .orElseThrow();
      long before = size();
      Answer answer =
          call(
              operation.method().name(),
              change.path(),
              opal.path("secret").asText(),
              change.body());
      assertThat(answer.status()).as(change.operation() + answer.body()).isLessThan(300);
      List<JsonNode> entries = entries(before, change.kinds().size());
      assertThat(entries.stream().map(entry -> entry.path("kind").asText()))
          .as(change.operation())
          .containsExactlyElementsOf(change.kinds());
      for (JsonNode entry : entries) {
        assertThat(field(entry, "by")).as(change.operation()).isEqualTo("opal");
        assertThat(field(entry, "byToken")).isEqualTo(opal.path("id").asText());
      }
    }
  }

  @Test
  void whoeverHoldsTheMachineAndTheStartAreNamedAsWhatTheyAre() throws Exception {
    stack.addUser("eve", "staff");
    assertThat(field(requireEntryWith("user", "analyst"), "by"))
        .isEqualTo("the start in development mode");
    assertThat(field(requireEntryWith("user", "eve"), "by")).isEqualTo("the local operator");
  }

  @Test
  void anAccessThroughATokenNamesTheTokenAndTheTokenItsIssuer() throws Exception {
    JsonNode opal = token(atTheMachine(), "opal", "api");
    JsonNode wire = token(opal.path("secret").asText(), "ann", "wire");
    try (Connection connection =
            stack.connect(
                wire.path("loginName").asText(), wire.path("secret").asText(), "crm", "work");
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from people");
    }
    JsonNode access = latestAccessOf("ann");
    assertThat(access.path("intent").path("token").asText()).isEqualTo(wire.path("id").asText());
    assertThat(stack.run("access", "explain", access.path("id").asText()))
        .containsPattern("token +" + wire.path("id").asText());
  }

  /// Waits for at most ten seconds: the record of a statement that may run ahead comes after it.
  private static JsonNode latestAccessOf(String user) throws Exception {
    JsonNode accesses = MissingNode.getInstance();
    for (int i = 0; i < 1_000 && accesses.isEmpty(); i++) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      accesses =
          call("GET", "/accesses?limit=1&principal=" + user, atTheMachine(), "")
              .body()
              .path("accesses");
    }
    return accesses.path(0);
  }

  @Test
  void anOperatorCannotMakeOrPlayAnOfficer() throws Exception {
    String opal = token(atTheMachine(), "opal", "api").path("secret").asText();
    forbidden(call("PUT", "/roles/officer", opal, role("", "running")));
    forbidden(
        call(
            "POST",
            "/users",
            opal,
            "{\"name\":\"mole\",\"password\":\"x\",\"groups\":[\"overseeing\"],\"attributes\":{}}"));
    forbidden(call("DELETE", "/users/olga", opal, ""));
    forbidden(
        call("POST", "/tokens", opal, "{\"user\":\"olga\",\"audience\":\"api\",\"minutes\":5}"));
    assertThat(stack.run("user", "list")).doesNotContain("mole");
  }

  @Test
  void anOfficerSaysWhoOverseesAndNothingElse() throws Exception {
    String olga = token(atTheMachine(), "olga", "api").path("secret").asText();
    assertThat(call("PUT", "/roles/officer", olga, role("ann", "overseeing")).status())
        .isEqualTo(204);
    assertThat(call("PUT", "/roles/officer", olga, role("", "overseeing")).status()).isEqualTo(204);
    assertThat(token(olga, "olga", "api").path("secret").asText()).isNotEmpty();
    forbidden(call("PUT", "/roles/operator", olga, role("olga", "running")));
    forbidden(
        call("POST", "/tokens", olga, "{\"user\":\"ann\",\"audience\":\"wire\",\"minutes\":5}"));
  }

  private static void forbidden(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(403);
  }

  private static String role(String user, String group) {
    return "{\"users\":[%s],\"groups\":[\"%s\"],\"roles\":[]}"
        .formatted(user.isEmpty() ? "" : "\"" + user + "\"", group);
  }

  private static void defineRole(String token, String role, String group) {
    try {
      assertThat(call("PUT", "/roles/" + role, token, role("", group)).status()).isEqualTo(204);
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("could not define a role", failure);
    }
  }

  private static JsonNode token(String issuer, String user, String audience) throws Exception {
    return call(
            "POST",
            "/tokens",
            issuer,
            "{\"user\":\"%s\",\"audience\":\"%s\",\"minutes\":5}".formatted(user, audience))
        .body();
  }

  private static String atTheMachine() throws IOException {
    return Files.readString(stack.remit().folder().operatorToken()).strip();
  }

  private static long size() throws Exception {
    return call("GET", "/log/entries?limit=1", atTheMachine(), "").body().path("size").asLong();
  }

  /// Waits for the sequencer to take that many entries from the inbox.
  private static List<JsonNode> entries(long from, int count) throws Exception {
    JsonNode entries;
    do {
      entries =
          call("GET", "/log/entries?limit=" + count + "&from=" + from, atTheMachine(), "")
              .body()
              .path("entries");
    } while (entries.size() < count);
    List<JsonNode> list = new ArrayList<>();
    entries.forEach(list::add);
    return list;
  }

  /// Waits for the sequencer to take it from the inbox.
  private static JsonNode requireEntryWith(String name, String value) throws Exception {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < PATIENCE_NANOS) {
      for (JsonNode entry : entries(0, (int) size())) {
        if (field(entry, name).equals(value)) {
          return entry;
        }
      }
    }
    throw new AssertionError("the log has no entry whose " + name + " is " + value);
  }

  private static String field(JsonNode entry, String name) {
    for (JsonNode disclosure : entry.path("disclosures")) {
      if (disclosure.path("name").asText().equals(name)) {
        return disclosure.path("value").asText();
      }
    }
    return "";
  }

  private static Answer call(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(stack.remit().wiring().running().http() + "/api/v1" + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    String text = response.body();
    return new Answer(
        response.statusCode(), text.startsWith("{") ? JSON.readTree(text) : JSON.nullNode());
  }
}
