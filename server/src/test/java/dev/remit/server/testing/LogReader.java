package dev.remit.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.evidence.model.Checkpoint;
import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.ConsistencyProof;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.VerifierKey;
import dev.remit.server.process.DataFolder;
import dev.remit.server.process.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Reads the log of a running Remit from outside, as an auditor does, and checks it offline.
public final class LogReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 200;
  private final DataFolder folder;

  public LogReader(DataFolder folder) {
    this.folder = folder;
  }

  /// Statements of all accesses on the record, without their literals, the latest first.
  public List<String> statements() throws IOException, InterruptedException {
    List<String> statements = new ArrayList<>();
    String below = "";
    JsonNode page;
    do {
      page = JSON.readTree(get("/accesses?limit=" + PAGE + below)).path("accesses");
      for (JsonNode access : page) {
        statements.add(access.path("intent").path("statement").asText());
        below = "&below=" + access.path("id").asText();
      }
    } while (page.size() == PAGE);
    return statements;
  }

  /// The signed note over everything that is in the log now.
  public String checkpoint() throws IOException, InterruptedException {
    return get("/log/checkpoint");
  }

  /// Checks that today's log begins with the one that the earlier note was signed over.
  ///
  /// @throws RuntimeException when it does not
  public Checkpoint requireContinues(String earlierNote) throws IOException, InterruptedException {
    CheckpointVerifier verifier =
        new CheckpointVerifier("remit.localhost", VerifierKey.parse(get("/log/key").strip()));
    long earlier = verifier.checkpoint(earlierNote).size();
    String note = checkpoint();
    long later = verifier.checkpoint(note).size();
    List<Hash> path = new ArrayList<>();
    JSON.readTree(get("/log/proofs/consistency?from=%d&to=%d".formatted(earlier, later)))
        .path("path")
        .forEach(hash -> path.add(Hash.fromBase64(hash.asText())));
    return verifier.consistency(earlierNote, new ConsistencyProof(earlier, later, path), note);
  }

  private String get(String path) throws IOException, InterruptedException {
    String http = RunningServer.of(folder).orElseThrow().http();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(http + "/api/v1" + path))
                  .header(
                      "Authorization", "Bearer " + Files.readString(folder.operatorToken()).strip())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.body());
      }
      return answer.body();
    }
  }
}
