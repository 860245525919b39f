package dev.remit.evidence;

import static dev.remit.evidence.db.Tables.HEAD;

import dev.remit.evidence.checkpoint.Notary;
import dev.remit.evidence.checkpoint.Upkeep;
import dev.remit.evidence.leaf.LeafFormat;
import dev.remit.evidence.leaf.PreparedEntry;
import dev.remit.evidence.model.ConsistencyProof;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.LogEntry;
import dev.remit.evidence.model.LogEntry.Urgency;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.evidence.model.VerifierKey;
import dev.remit.evidence.reading.EntryReader;
import dev.remit.evidence.sequence.Sequencer;
import dev.remit.evidence.sequence.StepRunner;
import dev.remit.evidence.tree.ProofBuilder;
import dev.remit.evidence.tree.TreeTables;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// One tenant's append-only Merkle log (RFC 6962) in PostgreSQL.
///
/// **Life of a leaf.** [#append] salts and hashes the entry on the caller's thread and puts it into
/// a bounded queue; the sequencer takes whatever waits, and writes it with one statement that is
/// its own transaction: the head moves by compare-and-set from the size the batch was computed
/// from, the leaves, their bodies and the tiles that became full go in beside it. When the commit
/// is on disk, the futures complete. [#enqueue] writes an inbox row in the caller's own transaction
/// instead; the sequencer moves inbox rows into the log, deleting and appending in one transaction.
///
/// **More than one process.** Every process on the same database may append: the compare-and-set on
/// the head row decides, not a lock, so a process that was paused for an hour in the middle of a
/// batch cannot commit it. Whoever loses re-reads the right edge under the head's row lock and
/// writes then; so both make progress. There is no leader to lose: the head's row lock, held for
/// one transaction, is the sequencer's lock. The inbox is emptied by whoever looks first.
///
/// **What it holds on to.** `head`: size and compact range. `leaf`: canonical JSON with salted
/// digests, and its hash. `tile`: full tiles of 256 hashes, so that a proof reads O(log n) rows.
/// `checkpoint`: what was signed. All of these are append-only by grant and by trigger (the head
/// only moves forward). `body`: fields and salts, deletable; proofs do not need them.
///
/// **Trust.** Who can write to the database can stop the log or delete bodies, but cannot change a
/// leaf that a checkpoint covers without any holder of that checkpoint seeing it. Who holds the
/// signing key as well can fork it for those who never compare checkpoints (witnesses: later).
///
/// References: RFC 6962, RFC 9162 §2.1, RFC 8785, RFC 9901 §4.2, C2SP signed-note, tlog-checkpoint,
/// tlog-tiles. Safe for use by any thread.
public final class EvidenceLog implements AutoCloseable {
  private static final String SCHEMA = "evidence";

  private final Database database;
  private final LeafFormat format;
  private final EntryReader reader;
  private final Notary notary;
  private final Sequencer sequencer;
  private final Clock clock;

  /// Opens the log, making it when the database has none.
  ///
  /// Refused with INVALID_CONFIGURATION when the log was made under another origin; with INTERNAL
  /// when its stored hashes contradict its head or its latest checkpoint.
  public EvidenceLog(Database database, KeyRing keys, Clock clock, EvidenceSettings settings) {
    this(database, keys, clock, settings, StepRunner.DIRECT);
  }

  EvidenceLog(
      Database database, KeyRing keys, Clock clock, EvidenceSettings settings, StepRunner steps) {
    this.database = database;
    this.clock = clock;
    database.migrate(SCHEMA);
    this.format = new LeafFormat(new SecureRandom(), settings.bodyBytes());
    this.reader = new EntryReader(database, format);
    this.notary = new Notary(database, keys, clock, settings.origin());
    openHead(database, settings.origin());
    this.sequencer = new Sequencer(database, settings, steps);
  }

  /// Direct door: completes with the leaf index only when the leaf is durable. Never blocks.
  ///
  /// Fails with EVIDENCE_UNAVAILABLE when the log cannot be written or too much waits already
  /// (after that failure the entry may be in the log, once at most); with INVALID_REQUEST or
  /// PAYLOAD_TOO_LARGE when the entry cannot be a leaf.
  public CompletableFuture<Long> append(LogEntry entry) {
    return append(entry, Urgency.AWAITED);
  }

  /// The same for an entry that need not be durable at once: collecting those costs their writers
  /// far fewer transactions.
  public CompletableFuture<Long> append(LogEntry entry, Urgency urgency) {
    PreparedEntry prepared;
    try {
      prepared = format.prepare(entry);
    } catch (RemitException unfit) {
      return CompletableFuture.failedFuture(unfit);
    }
    return sequencer.append(prepared, urgency);
  }

  /// Inbox door: the entry becomes a leaf exactly when the caller's transaction commits, shortly
  /// after it.
  public void enqueue(DSLContext transaction, LogEntry entry) {
    sequencer.enqueue(transaction, format.prepare(entry));
  }

  /// Why nothing can be written now, as far as it is known; empty while all is well.
  public Optional<String> problem() {
    return sequencer.problem();
  }

  /// Leaves that are durable.
  public long size() {
    return reader.size();
  }

  /// The entry at this index; UNKNOWN_ENTRY when the log is not that long.
  public LoggedEntry entry(long index) {
    return reader
        .entry(index)
        .orElseThrow(() ->
            new RemitException(
                ErrorCode.UNKNOWN_ENTRY,
                "the log has no entry " + index + "; it has " + size() + " entries"));
  }

  /// Entries from this index on, in order.
  ///
  /// @param most bound of the answer's length
  public List<LoggedEntry> entries(long from, int most) {
    return reader.from(from, most);
  }

  /// The latest entries of one kind, newest first.
  public List<LoggedEntry> latest(String kind, int most) {
    return reader.latest(kind, Long.MAX_VALUE, most);
  }

  /// The latest entries of one kind with an index below `below`, newest first: the next page.
  public List<LoggedEntry> latest(String kind, long below, int most) {
    return reader.latest(kind, below, most);
  }

  /// Entries whose field `correlation` has this value, in order, while their bodies are kept.
  public List<LoggedEntry> about(String correlation, int most) {
    return reader.about(correlation, most);
  }

  /// Signed checkpoint over everything durable by now. The same size gives the same bytes again.
  public SignedCheckpoint checkpoint() {
    return notary.current();
  }

  /// The checkpoint that was signed when the log had this size; empty when none was.
  public Optional<SignedCheckpoint> checkpoint(long size) {
    return notary.stored(size);
  }

  /// The key that verifies this log's checkpoints.
  public VerifierKey verifierKey() {
    return notary.verifierKey();
  }

  /// Proof that leaf `index` stands in the log of `size` leaves; UNKNOWN_ENTRY when it cannot.
  public InclusionProof inclusionProof(long index, long size) {
    checkSize(size);
    if (index < 0 || index >= size) {
      throw new RemitException(
          ErrorCode.UNKNOWN_ENTRY, "a log of size " + size + " has no entry " + index);
    }
    return proofs(size).inclusion(index, size);
  }

  /// Proof that the log of `laterSize` leaves begins with that of `earlierSize`, at least 1.
  public ConsistencyProof consistencyProof(long earlierSize, long laterSize) {
    checkSize(laterSize);
    if (earlierSize < 1 || earlierSize > laterSize) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "the earlier size lies between 1 and the later size");
    }
    return proofs(laterSize).consistency(earlierSize, laterSize);
  }

  /// Deletes the bodies of entries that happened before this instant; returns how many. Leaves,
  /// checkpoints and proofs stay as they are.
  public long deleteBodies(Instant before) {
    return reader.deleteBodies(before);
  }

  /// Signs a checkpoint whenever the log has grown, and deletes bodies once they were kept for the
  /// period, both at this interval until the answer is closed. Close it before the log.
  public AutoCloseable keepUp(Duration every, Period keepBodies) {
    return new Upkeep(notary, reader::deleteBodies, clock, every, keepBodies);
  }

  /// Refuses further entries, writes those that wait, and ends the sequencer.
  @Override
  public void close() {
    sequencer.close();
  }

  private ProofBuilder proofs(long size) {
    return new ProofBuilder(new TreeTables(database.sql(), size));
  }

  private void checkSize(long size) {
    long now = size();
    if (size > now) {
      throw new RemitException(
          ErrorCode.UNKNOWN_ENTRY, "the log has " + now + " entries, not yet " + size);
    }
  }

  private static void openHead(Database database, String origin) {
    database
        .sql()
        .insertInto(HEAD)
        .set(HEAD.ORIGIN, origin)
        .set(HEAD.SIZE, 0L)
        .set(HEAD.EDGE, new byte[0])
        .onConflictDoNothing()
        .execute();
    String stored = database.sql().select(HEAD.ORIGIN).from(HEAD).fetchSingle().value1();
    if (!stored.equals(origin)) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "this log was made as '%s' and cannot become '%s'; set log.origin back"
              .formatted(stored, origin));
    }
    try {
      database.runInTransaction(transaction -> {
        transaction.select(HEAD.SIZE).from(HEAD).forShare().fetchSingle();
        TreeTables.load(transaction);
      });
    } catch (IllegalStateException | IllegalArgumentException altered) {
      throw new RemitException(
          ErrorCode.INTERNAL,
          "the log does not open: its stored hashes contradict its head; restore the database",
          altered);
    }
  }
}
