package dev.remit.server.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remit.evidence.EntryVerifier;
import dev.remit.evidence.model.Checkpoint;
import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.evidence.model.VerifierKey;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Checks in the command's own process what the server says of its log; nothing of it is believed.
///
/// The log's key is pinned at first sight, in the data folder: a server that signs with another key
/// later is found out.
public final class LogProof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final VerifierKey key;

  private LogProof(VerifierKey key) {
    this.key = key;
  }

  /// Checks by the pinned key; by the one the server shows when none is pinned yet.
  ///
  /// @param file where the key is pinned, in its text form
  /// @param shown asks the server for its key
  public static LogProof of(Path file, Supplier<String> shown) {
    if (!Files.exists(file)) {
      PrivateFiles.write(file, shown.get());
    }
    return new LogProof(
        VerifierKey.parse(new String(PrivateFiles.read(file), StandardCharsets.UTF_8).strip()));
  }

  /// Checks signature, path and disclosed fields of one entry; returns what to tell the reader.
  ///
  /// @param leaf the entry's canonical JSON
  /// @param disclosures as in the API; missing when the body was deleted
  /// @param path base64 hashes
  /// @throws RemitException INTERNAL when a claim does not hold
  public String verified(
      long index, String leaf, JsonNode disclosures, JsonNode path, String note) {
    try {
      List<Hash> hashes = new ArrayList<>();
      path.forEach(hash -> hashes.add(Hash.fromBase64(hash.asText())));
      List<Disclosure> fields = new ArrayList<>();
      for (JsonNode field : disclosures) {
        fields.add(JSON.convertValue(field, Disclosure.class));
      }
      long size = SignedCheckpoint.parse(note).checkpoint().size();
      Checkpoint checkpoint =
          new EntryVerifier(key)
              .verify(leaf, fields, new InclusionProof(index, size, hashes), note);
      return "verified: entry %d is in the log of %d entries signed by %s (%d hashes, %d fields)"
          .formatted(index, checkpoint.size(), key.name(), hashes.size(), fields.size());
    } catch (IllegalArgumentException broken) {
      throw new RemitException(
          ErrorCode.INTERNAL,
          "NOT verified: %s. Keep this output and the data folder; entry %d, or the key in log.vkey, is not what the log once committed to"
              .formatted(broken.getMessage(), index),
          broken);
    }
  }
}
