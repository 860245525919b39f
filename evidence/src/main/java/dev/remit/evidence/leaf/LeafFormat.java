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
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");
  private static final int FIELD_BYTES = 96;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final SaltSource random;
  private final int mostBodyBytes;

  /// @param mostBodyBytes bytes of a body; a larger one is refused
  public LeafFormat(SecureRandom random, int mostBodyBytes) {
    this.random = new SaltSource(random);
    this.mostBodyBytes = mostBodyBytes;
  }

  /// Salts and hashes the entry.
  ///
  /// Refused: INVALID_REQUEST for values JSON cannot carry exactly, PAYLOAD_TOO_LARGE past the
  /// bounds.
  public PreparedEntry prepare(LogEntry entry) {
    if (!KIND.matcher(entry.kind()).matches()) {
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
    int fields = entry.fields().size();
    byte[] salts = random.next(SALT_BYTES * Math.max(1, fields));
    MessageDigest sha = sha256();
    List<String> digests = new ArrayList<>(fields);
    CanonicalJson body = new CanonicalJson(FIELD_BYTES * (fields + 1)).raw("[");
    int position = 0;
    for (Map.Entry<String, Object> field : entry.fields().entrySet()) {
      body.raw(position == 0 ? "" : ",");
      int start = body.length();
      body.raw("[\"").raw(saltText(salts, position++)).raw("\",");
      body.write(field.getKey()).raw(",").write(field.getValue()).raw("]");
      digests.add(digest(sha, body.from(start)));
    }
    if (digests.isEmpty()) {
      digests.add(digest(sha, saltText(salts, 0).getBytes(StandardCharsets.US_ASCII)));
    }
    digests.sort(String::compareTo);
    byte[] leaf = leaf(digests, entry.kind(), time);
    byte[] disclosures = body.raw("]").from(0);
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

  /// The members stand in their canonical order.
  private static byte[] leaf(List<String> digests, String kind, Instant time) {
    return new CanonicalJson(FIELD_BYTES * (digests.size() + 2))
        .raw("{\"_sd\":")
        .write(digests)
        .raw(",\"kind\":")
        .write(kind)
        .raw(",\"time\":")
        .write(time.toString())
        .raw(",\"v\":1}")
        .from(0);
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
        disclosures = Optional.of(disclosures(body.get()));
        checkDisclosed(json, disclosures.get());
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

  /// Checks that the leaf commits to each of these fields, with its value and salt.
  ///
  /// @param leaf the entry's canonical JSON, byte for byte
  /// @throws IllegalArgumentException when it does not, or is no leaf
  public static void checkDisclosed(String leaf, List<Disclosure> disclosures) {
    try {
      checkDisclosed(JSON.readTree(leaf), disclosures);
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException("the leaf is not JSON", unreadable);
    }
  }

  private static void checkDisclosed(JsonNode leaf, List<Disclosure> disclosures) {
    MessageDigest sha = sha256();
    Set<String> digests = new HashSet<>();
    leaf.path("_sd").forEach(digest -> digests.add(digest.asText()));
    for (Disclosure one : disclosures) {
      List<Object> part = List.of(one.salt(), one.name(), one.value());
      if (!digests.remove(digest(sha, CanonicalJson.of(part)))) {
        throw new IllegalArgumentException(
            "the field '" + one.name() + "' has no digest in the leaf");
      }
    }
  }

  private static List<Disclosure> disclosures(byte[] body) throws JsonProcessingException {
    List<List<Object>> parts =
        JSON.readValue(new String(body, StandardCharsets.UTF_8), new TypeReference<>() {});
    List<Disclosure> disclosures = new ArrayList<>();
    for (List<Object> part : parts) {
      if (part.size() != 3
          || !(part.get(0) instanceof String salt)
          || !(part.get(1) instanceof String name)) {
        throw new IllegalArgumentException("a disclosure is salt, name and value");
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
    int start = position * SALT_BYTES;
    return BASE64.encodeToString(Arrays.copyOfRange(salts, start, start + SALT_BYTES));
  }

  private static String digest(MessageDigest sha, byte[] disclosure) {
    return BASE64.encodeToString(sha.digest(BASE64.encode(disclosure)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
