package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.VerifierKey;
import dev.remit.server.http.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The administration interface as api/openapi.yaml says it, over real HTTP: who may call what, and
/// what a wrong call is told.
///
/// One Remit for the class; each test leaves nothing that another would see.
class AdministrationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private static Path folder;
  private static RunningRemit remit;
  private static HttpClient client;

  private record Answer(int status, JsonNode body, String mediaType) {}

  @BeforeAll
  static void start() {
    remit = RunningRemit.start(folder);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    remit.close();
  }

  @Test
  void everyOperationOfTheDocumentIsBoundExactlyOnce() throws IOException {
    List<String> documented = new ArrayList<>();
    new YAMLMapper()
        .readTree(Files.readString(Path.of("../api/openapi.yaml")))
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (method.getValue().has("operationId")) {
                    documented.add(
                        line(
                            method.getKey(),
                            path.getKey(),
                            method.getValue().path("operationId").asText(),
                            roles(method.getValue().path("x-roles"))));
                  }
                }));
    assertThat(
            remit.wiring().operations().stream()
                .map(operation ->
                    line(
                        operation.method().name().toLowerCase(Locale.ROOT),
                        operation.path(),
                        operation.id(),
                        new TreeSet<>(operation.roles()).toString()))
                .toList())
        .containsExactlyInAnyOrderElementsOf(documented);
  }

  private static String line(String method, String path, String id, String roles) {
    return method + " " + path + " " + id + " " + roles;
  }

  private static String roles(JsonNode roles) {
    TreeSet<String> names = new TreeSet<>();
    roles.forEach(role -> names.add(role.asText()));
    return names.toString();
  }

  @Test
  void withoutATokenEveryOperationIsRefused() throws Exception {
    for (Operation operation : remit.wiring().operations()) {
      String path = operation.path().replaceAll("\\{[a-z]+\\}", "1");
      Answer answer = call(operation.method().name(), path, "", "{}");
      assertThat(answer.status()).as(operation.id()).isEqualTo(401);
      assertThat(answer.mediaType()).isEqualTo("application/problem+json");
      assertThat(answer.body().path("detail").asText()).contains("Bearer");
    }
    assertThat(call("GET", "/sources", "wrong", "").status()).isEqualTo(401);
  }

  @Test
  void aUserWithoutTheRoleIsRefusedAndAnOfficerReadsTheLogOnly() throws Exception {
    String analyst = token("analyst");
    String officer = token("officer");
    assertThat(call("GET", "/sources", analyst, "").status()).isEqualTo(403);
    assertThat(call("GET", "/accesses", analyst, "").status()).isEqualTo(403);
    assertThat(call("GET", "/log/entries", officer, "").status()).isEqualTo(200);
    assertThat(call("POST", "/sources", officer, "{}").status()).isEqualTo(403);
    assertThat(call("GET", "/accesses", token("operator"), "").body().path("detail").asText())
        .isEqualTo("operator may not do this; it is open to the roles officer");
  }

  @Test
  void aRevokedTokenIsWorthlessFromTheNextCall() throws Exception {
    JsonNode issued =
        call(
                "POST",
                "/tokens",
                operator(),
                "{\"user\":\"officer\",\"audience\":\"api\",\"minutes\":5}")
            .body();
    String secret = issued.path("secret").asText();
    assertThat(call("GET", "/sources", secret, "").status()).isEqualTo(200);
    assertThat(call("DELETE", "/tokens/" + issued.path("id").asText(), operator(), "").status())
        .isEqualTo(204);
    assertThat(call("GET", "/sources", secret, "").status()).isEqualTo(401);
  }

  @Test
  void malformedBodiesAreNamedToTheMember() throws Exception {
    refused("", "the request needs a body of JSON");
    refused("{\"user\":", "the body is not JSON at line 1");
    refused("[]", "does not fit");
    refused("{\"user\":\"a\",\"purpose\":\"b\",\"source\":\"crm\"}", "the member table is missing");
    refused(
        "{\"user\":\"a\",\"user\":\"b\",\"purpose\":\"b\",\"source\":\"crm\",\"table\":\"t\"}",
        "the body is not JSON");
    refused(
        "{\"user\":\"a\",\"purpose\":\"b\",\"source\":\"crm\",\"table\":\"t\",\"tabel\":1}",
        "tabel is not a member here; known: purpose, source, table, user");
    refused("{\"user\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "user does not fit");
  }

  private static void refused(String body, String detail) throws Exception {
    Answer answer = call("POST", "/decisions", operator(), body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.body().path("detail").asText()).contains(detail);
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() throws Exception {
    String body = "{\"document\":\"" + "x".repeat(2 << 20) + "\"}";
    Answer answer = call("POST", "/governance/plans", operator(), body);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body().path("code").asText()).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @Test
  void aPathThatDoesNotExistIsAProblemDocumentToo() throws Exception {
    Answer answer = call("GET", "/nothing", operator(), "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("type").asText()).isEqualTo("urn:remit:error:unknown-entry");
  }

  @Test
  void aMethodThatIsNotOfferedIsToldTheOnesThatAre() throws Exception {
    Answer answer = call("PATCH", "/sources", operator(), "");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    assertThat(answer.body().path("detail").asText())
        .isEqualTo("PATCH is not offered at this path; it has GET, POST");
  }

  @Test
  void aDecisionSaysWhatIsSeenAndWhy() throws Exception {
    JsonNode decision =
        call(
                "POST",
                "/decisions",
                operator(),
                "{\"user\":\"analyst\",\"purpose\":\"analytics\",\"source\":\"crm\",\"table\":\"customers\"}")
            .body();
    assertThat(decision.path("allowed").asBoolean()).isTrue();
    assertThat(decision.path("why").toString()).contains("analysts read customers");
    JsonNode refusal =
        call(
                "POST",
                "/decisions",
                operator(),
                "{\"user\":\"marketing\",\"purpose\":\"analytics\",\"source\":\"crm\",\"table\":\"payments\"}")
            .body();
    assertThat(refusal.path("allowed").asBoolean()).isFalse();
  }

  @Test
  void aPlanChangesNothingAndNamesWhatIsWrong() throws Exception {
    String before = call("GET", "/policies", operator(), "").body().toString();
    Answer plan =
        call(
            "POST",
            "/governance/plans",
            operator(),
            JSON.writeValueAsString(
                Map.of("document", "source: crm\ntables:\n  public.nowhere: {owner: me}\n")));
    assertThat(plan.body().path("problems").toString()).contains("nowhere");
    assertThat(call("GET", "/policies", operator(), "").body().toString()).isEqualTo(before);
    Answer yaml =
        call(
            "POST",
            "/governance",
            operator(),
            JSON.writeValueAsString(Map.of("document", "source: crm\n  tables: [")));
    assertThat(yaml.status()).isEqualTo(400);
    assertThat(yaml.body().path("detail").asText()).contains("of the file is not valid YAML");
  }

  @Test
  void theCommandsSpeakTheSameInterface() {
    assertThat(command("source", "list").out()).contains("crm     READY");
    assertThat(command("catalog", "show", "customers").out())
        .contains("subject key              brand_id, customer_id")
        .contains("contact.email (declared)");
    assertThat(command("policy", "list").out()).contains("analysts read customers");
    assertThat(command("user", "list").out()).contains("analyst");
    assertThat(command("log").out()).contains("policy.applied").contains("remit.localhost");
    assertThat(command("log", "show", "0").out()).contains("verified: entry 0 is in the log");
    assertThat(command("catalog", "show", "nowhere").err())
        .isEqualTo(
            "remit: source crm has no table nowhere that its role may read; `remit catalog --source"
                + " crm` lists them, and --source names another source\n");
    assertThat(command("nonsense").exit()).isEqualTo(2);
    assertThat(command("token").exit()).isEqualTo(2);
  }

  @Test
  void aLogThatSignsWithAnotherKeyThanAtFirstSightIsFoundOut() throws Exception {
    Path pinned = remit.folder().logKey();
    command("log", "show", "0");
    String key = Files.readString(pinned);
    VerifierKey foreign = VerifierKey.ed25519("remit.localhost", new byte[32]);
    Files.writeString(pinned, foreign + "\n");
    try {
      CommandRun run = command("log", "show", "0");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("NOT verified").contains("not signed by");
      assertThat(run.out()).doesNotContain("verified:");
    } finally {
      Files.writeString(pinned, key);
    }
  }

  @Test
  void aProofFitsTheCheckpointThatComesWithItWhileTheLogGrows() throws Exception {
    command("log", "show", "0");
    VerifierKey key = VerifierKey.parse(Files.readString(remit.folder().logKey()).strip());
    CheckpointVerifier verifier = new CheckpointVerifier(key.name(), key);
    JsonNode entry = call("GET", "/log/entries/0", operator(), "").body();
    for (int i = 0; i < 20; i++) {
      token("analyst");
      JsonNode proof = call("GET", "/log/proofs/inclusion?index=0", operator(), "").body();
      verifier.inclusion(
          entry.path("leaf").asText(),
          new InclusionProof(0, proof.path("size").asLong(), hashes(proof)),
          proof.path("checkpoint").asText());
    }
    JsonNode unsigned = call("GET", "/log/proofs/inclusion?index=0&size=2", operator(), "").body();
    assertThat(unsigned.path("size").asLong()).isEqualTo(2);
  }

  private static List<Hash> hashes(JsonNode proof) {
    List<Hash> hashes = new ArrayList<>();
    proof.path("path").forEach(hash -> hashes.add(Hash.fromBase64(hash.asText())));
    return hashes;
  }

  @Test
  void healthAndMetricsNeedNoToken() throws Exception {
    assertThat(open("/health")).isEqualTo("{\"status\":\"up\"}");
    assertThat(open("/health/ready")).isEqualTo("{\"status\":\"ready\"}");
    assertThat(open("/metrics")).contains("jvm_memory_used_bytes");
  }

  private static CommandRun command(String... arguments) {
    return CommandRun.of(folder, Map.of(), arguments);
  }

  private static String token(String user) throws Exception {
    return call(
            "POST",
            "/tokens",
            operator(),
            "{\"user\":\"%s\",\"audience\":\"api\",\"minutes\":5}".formatted(user))
        .body()
        .path("secret")
        .asText();
  }

  private static String operator() throws IOException {
    return Files.readString(remit.folder().operatorToken()).strip();
  }

  private static String open(String path) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(remit.wiring().running().http() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Answer call(String method, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(remit.wiring().running().http() + "/api/v1" + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()),
        response.headers().firstValue("Content-Type").orElse(""));
  }
}
