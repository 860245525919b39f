package dev.remit.evidence.leaf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.model.MerkleTree;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The leaf and its body, both ways. Safe for use by any thread; never blocks on the database.
///
/// The leaf is the canonical JSON `{"_sd":[…],"kind":…,"time":…,"v":1}`. `_sd` holds, sorted, one
/// digest for each field: `b64url(SHA-256(b64url([salt,name,value])))` with a salt of 128 random
/// bits for each (after RFC 9901 §4.2). An entry without fields gets one digest of nothing but
/// randomness, so that no two leaves are ever equal: the sequencer finds its own batch again by the
/// hash of its first leaf.
public final class LeafFormat {
  /// The field that ties entries about one event together; indexed while the body is kept.
  public static final String CORRELATION = "correlation";

  private static final int MOST_LEAF_BYTES = 65_535;
  private static final int SALT_BYTES = 16;
  private static final String KIND = "[a-z][a-z0-9]*([.-][a-z0-9]+)*";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final SecureRandom random;
  private final int mostBodyBytes;

  /// @param mostBodyBytes bytes of a body; a larger one is refused
  public LeafFormat(SecureRandom random, int mostBodyBytes) {
    this.random = random;
    this.mostBodyBytes = mostBodyBytes;
  }

  /// Salts and hashes the entry.
  ///
  /// Refused: INVALID_REQUEST for values JSON cannot carry exactly, PAYLOAD_TOO_LARGE past the
  /// bounds.
  public PreparedEntry prepare(LogEntry entry) {
    if (!entry.kind().matches(KIND)) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "the kind of a log entry is lower-case words joined by dots");
    }
    try {
      return salted(entry);
    } catch (IllegalArgumentException unfit) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, String.valueOf(unfit.getMessage()), unfit);
    }
  }

  private PreparedEntry salted(LogEntry entry) {
    Instant time = entry.time().truncatedTo(ChronoUnit.MICROS);
    byte[] salts = new byte[SALT_BYTES * Math.max(1, entry.fields().size())];
    random.nextBytes(salts);
    List<String> digests = new ArrayList<>(entry.fields().size());
    StringBuilder body = new StringBuilder(1024).append('[');
    int position = 0;
    for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
      String salt = saltText(salts, position++);
      String disclosure = CanonicalJson.of(List.of(salt, field.getKey(), field.getValue()));
      digests.add(digest(disclosure));
      body.append(position == 1 ? "" : ",").append(disclosure);
    }
    if (digests.isEmpty()) {
      digests.add(digest(saltText(salts, 0)));
    }
    digests.sort(String::compareTo);
    byte[] leaf =
        CanonicalJson.of(
                Map.of("_sd", digests, "kind", entry.kind(), "time", time.toString(), "v", 1))
            .getBytes(StandardCharsets.UTF_8);
    byte[] disclosures = body.append(']').toString().getBytes(StandardCharsets.UTF_8);
    checkBounds(leaf.length, disclosures.length);
    return new PreparedEntry(
        leaf,
        MerkleTree.leafHash(leaf),
        entry.kind(),
        ChronoUnit.MICROS.between(Instant.EPOCH, time),
        entry.fields().get(CORRELATION) instanceof String text
            ? Optional.of(text)
            : Optional.empty(),
        disclosures);
  }

  /// Reads an entry back and checks it: the body's disclosures against the leaf's digests.
  ///
  /// @param body as stored, empty when it was deleted
  public LoggedEntry read(long index, byte[] leaf, Optional<byte[]> body) {
    try {
      String text = new String(leaf, StandardCharsets.UTF_8);
      JsonNode json = JSON.readTree(text);
      Optional<List<Disclosure>> disclosures = Optional.empty();
      if (body.isPresent()) {
        disclosures = Optional.of(disclosures(json, body.get()));
      }
      return new LoggedEntry(
          index,
          json.path("kind").asText(),
          Instant.parse(json.path("time").asText()),
          text,
          disclosures);
    } catch (JsonProcessingException | IllegalArgumentException altered) {
      throw new RemitException(
          ErrorCode.INTERNAL,
          "entry " + index + " of the log does not match its leaf: it was altered in the store",
          altered);
    }
  }

  private static List<Disclosure> disclosures(JsonNode leaf, byte[] body)
      throws JsonProcessingException {
    Set<String> digests = new HashSet<>();
    leaf.path("_sd").forEach(digest -> digests.add(digest.asText()));
    List<List<Object>> parts =
        JSON.readValue(new String(body, StandardCharsets.UTF_8), new TypeReference<>() {});
    List<Disclosure> disclosures = new ArrayList<>();
    for (List<Object> part : parts) {
      if (part.size() != 3
          || !(part.get(0) instanceof String salt)
          || !(part.get(1) instanceof String name)
          || !digests.remove(digest(CanonicalJson.of(part)))) {
        throw new IllegalArgumentException("a disclosure has no digest in the leaf");
      }
      disclosures.add(new Disclosure(salt, name, part.get(2)));
    }
    return disclosures;
  }

  private void checkBounds(int leafBytes, int bodyBytes) {
    if (leafBytes > MOST_LEAF_BYTES || bodyBytes > mostBodyBytes) {
      throw new RemitException(
          ErrorCode.PAYLOAD_TOO_LARGE,
          "a log entry has a leaf of at most %d and a body of at most %d bytes; these are %d and %d"
              .formatted(MOST_LEAF_BYTES, mostBodyBytes, leafBytes, bodyBytes));
    }
  }

  private static String saltText(byte[] salts, int position) {
    byte[] salt = new byte[SALT_BYTES];
    System.arraycopy(salts, position * SALT_BYTES, salt, 0, SALT_BYTES);
    return BASE64.encodeToString(salt);
  }

  private static String digest(String disclosure) {
    try {
      byte[] encoded = BASE64.encode(disclosure.getBytes(StandardCharsets.UTF_8));
      return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
