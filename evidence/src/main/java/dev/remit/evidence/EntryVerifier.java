package dev.remit.evidence;

import dev.remit.evidence.leaf.LeafFormat;
import dev.remit.evidence.model.Checkpoint;
import dev.remit.evidence.model.CheckpointVerifier;
import dev.remit.evidence.model.Disclosure;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.VerifierKey;
import java.util.List;

/// Checks one entry as a log has handed it out, without the log: the signature under the
/// checkpoint, the path from the leaf to its root, and the digest of each disclosed field.
///
/// Every failure is an `IllegalArgumentException` that says which claim does not hold.
public final class EntryVerifier {
  private final CheckpointVerifier checkpoints;

  /// @param logKey pinned by the one who checks; its name is the log's origin
  public EntryVerifier(VerifierKey logKey) {
    this.checkpoints = new CheckpointVerifier(logKey.name(), logKey);
  }

  /// @param leaf the entry's canonical JSON, byte for byte
  /// @param disclosures the fields that were handed out with it; none when its body was deleted
  /// @param note the signed checkpoint that the proof leads to
  public Checkpoint verify(
      String leaf, List<Disclosure> disclosures, InclusionProof proof, String note) {
    LeafFormat.checkDisclosed(leaf, disclosures);
    return checkpoints.inclusion(leaf, proof, note);
  }
}
