package dev.remit.server.administration;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Json;
import dev.remit.server.process.CommandContext;
import dev.remit.server.process.NotRunningException;
import dev.remit.server.process.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Talks to the running server as its operator, by the token file of the data folder.
///
/// A problem document becomes the exception it was made from.
final class ApiClient implements AutoCloseable {
  private static final ObjectMapper READER = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  /// A client for the server of this folder.
  ///
  /// @throws NotRunningException when it does not run
  static ApiClient of(CommandContext context) {
    RunningServer server =
        context.running().orElseThrow(() -> new NotRunningException(context.launcher()));
    return new ApiClient(server, context.folder().operatorToken());
  }

  private ApiClient(RunningServer server, Path tokenFile) {
    this.base = server.http() + "/api/v1";
    this.token = new String(PrivateFiles.read(tokenFile), StandardCharsets.UTF_8).strip();
  }

  /// @param path below `/api/v1`, encoded
  public JsonNode get(String path) {
    return json(text("GET", path, new byte[0]));
  }

  /// The answer as it is, for what is not JSON.
  public String getText(String path) {
    return text("GET", path, new byte[0]);
  }

  /// @param body written as JSON
  public JsonNode post(String path, Map<String, ?> body) {
    return json(text("POST", path, Json.write(body)));
  }

  public void delete(String path) {
    text("DELETE", path, new byte[0]);
  }

  /// One segment of a path, encoded.
  public static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String text(String method, String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 400) {
        throw refusal(response);
      }
      return response.body();
    } catch (IOException failure) {
      throw new UncheckedIOException("the server at " + base + " does not answer", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", interrupted);
    }
  }

  private static RemitException refusal(HttpResponse<String> response) {
    Map<String, Object> problem;
    try {
      problem = READER.readValue(response.body(), new TypeReference<>() {});
    } catch (IOException foreign) {
      return new RemitException(
          ErrorCode.INTERNAL,
          "the answer has status " + response.statusCode() + " and is not from Remit",
          foreign);
    }
    ErrorCode code = ErrorCode.valueOf(String.valueOf(problem.get("code")));
    return new RemitException(code, String.valueOf(problem.get("detail")));
  }

  private static JsonNode json(String text) {
    try {
      return READER.readTree(text);
    } catch (IOException failure) {
      throw new UncheckedIOException("the server's answer is not JSON", failure);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
