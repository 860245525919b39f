package dev.remit.evidence.reading;

import static dev.remit.evidence.db.Tables.BODY;
import static dev.remit.evidence.db.Tables.HEAD;
import static dev.remit.evidence.db.Tables.LEAF;

import dev.remit.evidence.leaf.LeafFormat;
import dev.remit.evidence.model.LoggedEntry;
import dev.remit.platform.db.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/// Reads entries and deletes old bodies. Safe for use by any thread.
public final class EntryReader {
  private static final int CHUNK = 5_000;

  private final Database database;
  private final LeafFormat format;

  public EntryReader(Database database, LeafFormat format) {
    this.database = database;
    this.format = format;
  }

  /// Leaves that are durable.
  public long size() {
    return database.sql().select(HEAD.SIZE).from(HEAD).fetchSingle().value1();
  }

  /// The entry at this index; empty when the log is not that long.
  public Optional<LoggedEntry> entry(long index) {
    return fetch(LEAF.LEAF_INDEX.eq(index), LEAF.LEAF_INDEX.asc(), 1).stream().findFirst();
  }

  /// Entries from this index on, in order.
  public List<LoggedEntry> from(long index, int most) {
    return fetch(LEAF.LEAF_INDEX.ge(index), LEAF.LEAF_INDEX.asc(), most);
  }

  /// The latest entries of one kind below an index, newest first.
  public List<LoggedEntry> latest(String kind, long below, int most) {
    return fetch(LEAF.KIND.eq(kind).and(LEAF.LEAF_INDEX.lt(below)), LEAF.LEAF_INDEX.desc(), most);
  }

  /// Entries with this correlation whose bodies are still there, in order.
  public List<LoggedEntry> about(String correlation, int most) {
    return fetch(BODY.CORRELATION.eq(correlation), LEAF.LEAF_INDEX.asc(), most);
  }

  /// Deletes the bodies of entries that happened before this instant, in bounded transactions;
  /// returns how many. Leaves and proofs stay.
  public long deleteBodies(Instant before) {
    long deleted = 0;
    int chunk;
    do {
      chunk =
          database
              .sql()
              .deleteFrom(BODY)
              .where(
                  BODY.LEAF_INDEX.in(
                      DSL.select(BODY.LEAF_INDEX)
                          .from(BODY)
                          .where(BODY.OCCURRED_AT.lt(before.atOffset(ZoneOffset.UTC)))
                          .limit(CHUNK)))
              .execute();
      deleted += chunk;
    } while (chunk == CHUNK);
    return deleted;
  }

  private List<LoggedEntry> fetch(Condition condition, SortField<?> order, int most) {
    return database
        .sql()
        .select(LEAF.LEAF_INDEX, LEAF.ENTRY, BODY.DISCLOSURES)
        .from(LEAF)
        .leftJoin(BODY)
        .on(BODY.LEAF_INDEX.eq(LEAF.LEAF_INDEX))
        .where(condition)
        .orderBy(order)
        .limit(most)
        .fetch(row -> format.read(row.value1(), row.value2(), Optional.ofNullable(row.value3())));
  }
}
