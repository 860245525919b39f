package dev.remit.evidence.model;

/// A checkpoint with the note that signs it.
///
/// @param checkpoint what the note's text says
/// @param note the text and its signatures, as stored: asked again, the same bytes come back
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
  public SignedCheckpoint {
    if (!checkpoint.text().equals(note.text())) {
      throw new IllegalArgumentException("the note signs another checkpoint");
    }
  }

  /// Reads a signed note whose text is a checkpoint. Says nothing about who signed: see
  /// [CheckpointVerifier].
  public static SignedCheckpoint parse(String note) {
    SignedNote signed = SignedNote.parse(note);
    return new SignedCheckpoint(Checkpoint.parse(signed.text()), signed);
  }
}
