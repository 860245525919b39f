package dev.remit.evidence.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Goal: proof verification agrees with other people's cases, every one of them. Method: the JSON
/// cases of transparency-dev/merkle; reported absent where they are not there.
class MerkleVectorsTest {
  private static final int CASES_EACH = 98;

  @Test
  void everyInclusionCaseIsDecidedAsPublished() {
    assertAgrees(
        "inclusion",
        json ->
            MerkleTree.includes(
                size(json, "leafIdx"),
                size(json, "treeSize"),
                bytes(json.get("leafHash")),
                proof(json),
                bytes(json.get("root"))));
  }

  @Test
  void everyConsistencyCaseIsDecidedAsPublished() {
    assertAgrees(
        "consistency",
        json ->
            MerkleTree.isConsistent(
                size(json, "size1"),
                size(json, "size2"),
                bytes(json.get("root1")),
                bytes(json.get("root2")),
                proof(json)));
  }

  private static void assertAgrees(String kind, Predicate<JsonNode> decision) {
    Optional<Path> folder = sharedData().map(data -> data.resolve("merkle").resolve(kind));
    assumeTrue(
        folder.filter(Files::isDirectory).isPresent(),
        "absent: no merkle cases at REMIT_SHARED_DATA or ../shared/data");
    List<String> differing = new ArrayList<>();
    List<Path> files = files(folder.get());
    for (Path file : files) {
      JsonNode json = read(file);
      if (decision.test(json) == json.get("wantErr").asBoolean()) {
        differing.add(file + ": " + json.get("desc"));
      }
    }
    assertThat(differing).isEmpty();
    assertThat(files).hasSize(CASES_EACH);
  }

  /// System property, then environment, then `../shared/data` seen from the repository's top.
  private static Optional<Path> sharedData() {
    String set =
        System.getProperty(
            "REMIT_SHARED_DATA", System.getenv().getOrDefault("REMIT_SHARED_DATA", ""));
    if (!set.isEmpty()) {
      return Optional.of(Path.of(set));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return Optional.of(at.resolveSibling("shared").resolve("data"));
      }
    }
    return Optional.empty();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Sizes are unsigned 64-bit numbers in the cases; those past 2^63 are negative here.
  private static long size(JsonNode json, String name) {
    return json.get(name).bigIntegerValue().longValue();
  }

  private static List<byte[]> proof(JsonNode json) {
    List<byte[]> proof = new ArrayList<>();
    json.get("proof").forEach(hash -> proof.add(bytes(hash)));
    return proof;
  }

  private static byte[] bytes(JsonNode base64) {
    return base64.isNull() ? new byte[0] : Base64.getDecoder().decode(base64.asText());
  }
}
