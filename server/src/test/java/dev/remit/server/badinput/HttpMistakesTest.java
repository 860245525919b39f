package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every wrong request to the administration interface, down to one that is no HTTP, is answered
/// with a problem document that says what would be right, and the next request is served.
final class HttpMistakesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static GovernedStack remit;
  private static int port;

  private record Answer(int status, String head, JsonNode problem) {}

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    port = URI.create(remit.remit().wiring().running().http()).getPort();
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aWrongRequestIsAnsweredWithAProblem(
      String name, String line, String header, String body, int status, String detail)
      throws IOException {
    Answer answer = send(line + " HTTP/1.1\r\n" + header, body);
    assertThat(answer.status()).as(answer.head()).isEqualTo(status);
    assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
        .contains("content-type: application/problem+json");
    assertThat(answer.problem().path("detail").asText()).contains(detail);
    assertThat(answer.problem().path("status").asInt()).isEqualTo(status);
    assertThat(send("GET /api/v1/sources HTTP/1.1\r\n" + token(), "").status()).isEqualTo(200);
  }

  static Stream<Arguments> mistakes() throws IOException {
    String json = token() + "Content-Type: application/json\r\n";
    return Stream.of(
        mistake("unknown path", "GET /api/v1/nothing", token(), "", 404, "there is nothing at"),
        mistake("root", "GET /", "", "", 404, "there is nothing at /"),
        mistake("wrong method", "PUT /api/v1/sources", token(), "", 405, "it has GET, POST"),
        mistake("method nobody knows", "FROB /api/v1/log/key", token(), "", 405, "it has GET"),
        mistake("no token", "GET /api/v1/sources", "", "", 401, "Authorization: Bearer"),
        mistake(
            "another scheme",
            "GET /api/v1/sources",
            "Authorization: Basic YTpi\r\n",
            "",
            401,
            "Authorization: Bearer"),
        mistake(
            "unknown token",
            "GET /api/v1/sources",
            "Authorization: Bearer abc\r\n",
            "",
            401,
            "unknown, expired or revoked"),
        mistake(
            "form instead of JSON",
            "POST /api/v1/sources",
            token() + "Content-Type: application/x-www-form-urlencoded\r\n",
            "name=shop",
            415,
            "send application/json"),
        mistake("malformed JSON", "POST /api/v1/sources", json, "{\"name\":", 400, "not JSON"),
        mistake("no body", "POST /api/v1/sources", json, "", 400, "needs a body"),
        mistake(
            "missing member", "POST /api/v1/sources", json, "{\"nam\":1}", 400, "name is missing"),
        mistake("2 MB", "POST /api/v1/sources", json, "x".repeat(2 << 20), 413, "http.bodyLimit"),
        mistake("malformed path", "DELETE /api/v1/sources/%zz", token(), "", 400, "RFC 3986"),
        mistake("malformed query", "GET /api/v1/accesses?limit=%zz", token(), "", 400, "RFC 3986"),
        mistake("huge path", "GET /" + "x".repeat(9_000), token(), "", 400, "too long"),
        mistake(
            "huge header", "GET /", "X-Long: " + "x".repeat(9_000) + "\r\n", "", 400, "too long"));
  }

  private static Arguments mistake(
      String name, String line, String header, String body, int status, String detail) {
    return Arguments.of(name, line, header, body, status, detail);
  }

  private static String token() throws IOException {
    return "Authorization: Bearer "
        + Files.readString(remit.remit().folder().operatorToken()).strip()
        + "\r\n";
  }

  private static Answer send(String head, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String length = bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "\r\n";
      socket
          .getOutputStream()
          .write(
              (head + "Host: localhost\r\nConnection: close\r\n" + length + "\r\n" + body)
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = answer.split("\r\n\r\n", 2);
      return new Answer(
          Integer.parseInt(answer.split(" ", 3)[1]),
          parts[0],
          parts.length < 2 || parts[1].isEmpty() ? JSON.nullNode() : JSON.readTree(parts[1]));
    }
  }
}
