package dev.remit.evidence.model;

import java.nio.charset.StandardCharsets;

/// Checks what a log has handed out, without the log: needs its origin, its key and nothing else.
///
/// Origin and key are pinned by the one who checks; neither is ever taken from what is checked.
/// Every failure is an `IllegalArgumentException` that says which claim does not hold.
public final class CheckpointVerifier {
  private final String origin;
  private final VerifierKey logKey;

  public CheckpointVerifier(String origin, VerifierKey logKey) {
    this.origin = origin;
    this.logKey = logKey;
  }

  /// The checkpoint of a note that this log has signed.
  public Checkpoint checkpoint(String note) {
    SignedCheckpoint signed = SignedCheckpoint.parse(note);
    if (!signed.checkpoint().origin().equals(origin)) {
      throw new IllegalArgumentException("the checkpoint is of another log than " + origin);
    }
    if (signed.note().signers(java.util.List.of(logKey)).isEmpty()) {
      throw new IllegalArgumentException("the checkpoint is not signed by " + logKey);
    }
    return signed.checkpoint();
  }

  /// Checks that the entry stands in the log the note commits to.
  ///
  /// @param leaf the entry's canonical JSON, byte for byte
  public Checkpoint inclusion(String leaf, InclusionProof proof, String note) {
    Checkpoint checkpoint = checkpoint(note);
    if (proof.size() != checkpoint.size()
        || !proof.holds(leaf.getBytes(StandardCharsets.UTF_8), checkpoint.root())) {
      throw new IllegalArgumentException(
          "entry " + proof.index() + " is not proven to stand in this checkpoint");
    }
    return checkpoint;
  }

  /// Checks that nothing the earlier note commits to was changed up to the later one.
  public Checkpoint consistency(String earlierNote, ConsistencyProof proof, String laterNote) {
    Checkpoint earlier = checkpoint(earlierNote);
    Checkpoint later = checkpoint(laterNote);
    if (proof.earlierSize() != earlier.size()
        || proof.laterSize() != later.size()
        || !proof.holds(earlier.root(), later.root())) {
      throw new IllegalArgumentException("the later checkpoint does not continue the earlier one");
    }
    return later;
  }
}
