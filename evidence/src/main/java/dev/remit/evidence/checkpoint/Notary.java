package dev.remit.evidence.checkpoint;

import static dev.remit.evidence.db.Tables.CHECKPOINT;
import static dev.remit.evidence.db.Tables.HEAD;

import dev.remit.evidence.model.Checkpoint;
import dev.remit.evidence.model.ConsistencyProof;
import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.evidence.model.SignedNote;
import dev.remit.evidence.model.VerifierKey;
import dev.remit.evidence.tree.ProofBuilder;
import dev.remit.evidence.tree.TreeState;
import dev.remit.evidence.tree.TreeTables;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Signs checkpoints with the key ring's Ed25519 key `log-signing`. Safe for use by any thread.
///
/// Before it signs, it proves to itself from the stored hashes that the head continues the latest
/// checkpoint: a store that was restored to an older state or altered gets no signature.
public final class Notary {
  /// Name of the signing key in the key ring.
  public static final String KEY = "log-signing";

  private final Database database;
  private final KeyRing keys;
  private final Clock clock;
  private final String origin;

  public Notary(Database database, KeyRing keys, Clock clock, String origin) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
    this.origin = origin;
  }

  /// The key that verifies this log's checkpoints.
  public VerifierKey verifierKey() {
    return VerifierKey.ed25519(origin, keys.publicKey(KEY));
  }

  /// The checkpoint over everything durable by now; signed and stored if it is a new one.
  ///
  /// Fails with INTERNAL when the store contradicts an earlier checkpoint. The latest checkpoint is
  /// read before the head: what others append and sign in between only makes the head larger.
  public SignedCheckpoint current() {
    Optional<SignedCheckpoint> latest = latest();
    var head = database.sql().select(HEAD.SIZE, HEAD.EDGE).from(HEAD).fetchSingle();
    Checkpoint now = new Checkpoint(origin, head.value1(), TreeState.rootOfEdge(head.value2()));
    if (latest.isPresent()) {
      Checkpoint before = latest.get().checkpoint();
      if (before.equals(now)) {
        return latest.get();
      }
      if (before.size() < now.size()) {
        checkContinues(before, now);
      } else {
        throw contradiction(before.size());
      }
    }
    return store(now);
  }

  /// The latest checkpoint that was signed; empty before the first.
  public Optional<SignedCheckpoint> latest() {
    return database
        .sql()
        .select(CHECKPOINT.NOTE)
        .from(CHECKPOINT)
        .orderBy(CHECKPOINT.SIZE.desc())
        .limit(1)
        .fetchOptional(CHECKPOINT.NOTE)
        .map(SignedCheckpoint::parse);
  }

  private void checkContinues(Checkpoint before, Checkpoint now) {
    if (before.size() == 0) {
      return;
    }
    ConsistencyProof proof =
        new ProofBuilder(new TreeTables(database.sql(), now.size()))
            .consistency(before.size(), now.size());
    if (!proof.holds(before.root(), now.root())) {
      throw contradiction(before.size());
    }
  }

  /// Two callers may sign the same size at once; the first one stored is the one that counts.
  private SignedCheckpoint store(Checkpoint checkpoint) {
    database
        .sql()
        .insertInto(CHECKPOINT)
        .set(CHECKPOINT.SIZE, checkpoint.size())
        .set(CHECKPOINT.NOTE, sign(checkpoint).encoded())
        .set(CHECKPOINT.SIGNED_AT, clock.instant().atOffset(java.time.ZoneOffset.UTC))
        .onConflictDoNothing()
        .execute();
    return stored(checkpoint.size()).orElseThrow();
  }

  /// The checkpoint that was signed at this size; empty when none was.
  public Optional<SignedCheckpoint> stored(long size) {
    return database
        .sql()
        .select(CHECKPOINT.NOTE)
        .from(CHECKPOINT)
        .where(CHECKPOINT.SIZE.eq(size))
        .fetchOptional(CHECKPOINT.NOTE)
        .map(SignedCheckpoint::parse);
  }

  private SignedNote sign(Checkpoint checkpoint) {
    String text = checkpoint.text();
    byte[] signature = keys.sign(KEY, text.getBytes(StandardCharsets.UTF_8));
    return new SignedNote(
        text,
        List.of(
            new SignedNote.Signature(
                origin, verifierKey().keyId(), Base64.getEncoder().encodeToString(signature))));
  }

  private RemitException contradiction(long size) {
    return new RemitException(
        ErrorCode.INTERNAL,
        "the log contradicts its checkpoint of size "
            + size
            + ": the store was restored to an older state or altered; nothing is signed");
  }
}
