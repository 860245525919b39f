package dev.remit.evidence.sequence;

import static dev.remit.evidence.db.Tables.HEAD;
import static dev.remit.evidence.db.Tables.INBOX;
import static dev.remit.evidence.db.Tables.LEAF;

import dev.remit.evidence.leaf.PreparedEntry;
import dev.remit.evidence.tree.Growth;
import dev.remit.evidence.tree.Tile;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The sequencer's statements. The append itself is plain JDBC, because a whole batch travels as
/// binary arrays in one round trip; everything else is jOOQ.
final class LogTables {
  /// One statement, one transaction: unless the head still has the size the caller computed from,
  /// it moves nothing and inserts nothing. Asynchronous commit is switched off for it, whatever the
  /// server's default is: an index must not be given out before it is on disk.
  private static final String APPEND =
      """
      with moved as (
        update evidence.head set size = ?, edge = ? where size = ? returning size
      ), leaves as (
        insert into evidence.leaf (leaf_index, hash, kind, occurred_at, entry)
        select ? + u.position - 1, u.hash, u.kind, timestamptz 'epoch' + u.micros * interval '1 microsecond', u.entry
        from moved, unnest(?::bytea[], ?::text[], ?::bigint[], ?::bytea[])
          with ordinality as u (hash, kind, micros, entry, position)
      ), bodies as (
        insert into evidence.body (leaf_index, occurred_at, correlation, disclosures)
        select ? + u.position - 1, timestamptz 'epoch' + u.micros * interval '1 microsecond', u.correlation, u.disclosures
        from moved, unnest(?::bigint[], ?::text[], ?::bytea[])
          with ordinality as u (micros, correlation, disclosures, position)
      ), tiles as (
        insert into evidence.tile (level, tile_index, hashes, root)
        select u.level, u.tile_index, u.hashes, u.root
        from moved, unnest(?::smallint[], ?::bigint[], ?::bytea[], ?::bytea[])
          as u (level, tile_index, hashes, root)
      )
      select (select count(*) from moved),
        case when current_setting('synchronous_commit') = 'off'
          then set_config('synchronous_commit', 'on', true) end
      """;

  private LogTables() {}

  /// Whether the head still had the size the growth starts from; only then was anything written.
  static boolean append(Connection connection, Growth growth, List<PreparedEntry> entries)
      throws SQLException {
    long start = growth.before().size();
    try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
      statement.setLong(1, growth.after().size());
      statement.setBytes(2, growth.after().edgeBytes());
      statement.setLong(3, start);
      statement.setLong(4, start);
      statement.setArray(5, bytes(connection, entries.stream().map(PreparedEntry::hash)));
      statement.setArray(6, texts(connection, entries.stream().map(PreparedEntry::kind)));
      Array micros =
          connection.createArrayOf(
              "int8", entries.stream().map(PreparedEntry::timeMicros).toArray(Long[]::new));
      statement.setArray(7, micros);
      statement.setArray(8, bytes(connection, entries.stream().map(PreparedEntry::entry)));
      statement.setLong(9, start);
      statement.setArray(10, micros);
      statement.setArray(
          11, texts(connection, entries.stream().map(entry -> entry.correlation().orElse(null))));
      statement.setArray(12, bytes(connection, entries.stream().map(PreparedEntry::disclosures)));
      setTiles(connection, statement, growth.tiles());
      try (ResultSet moved = statement.executeQuery()) {
        moved.next();
        return moved.getLong(1) == 1;
      }
    }
  }

  private static void setTiles(Connection connection, PreparedStatement statement, List<Tile> tiles)
      throws SQLException {
    Short[] levels = tiles.stream().map(tile -> (short) tile.level()).toArray(Short[]::new);
    Long[] indexes = tiles.stream().map(Tile::index).toArray(Long[]::new);
    statement.setArray(13, connection.createArrayOf("int2", levels));
    statement.setArray(14, connection.createArrayOf("int8", indexes));
    statement.setArray(15, bytes(connection, tiles.stream().map(Tile::hashes)));
    statement.setArray(16, bytes(connection, tiles.stream().map(Tile::root)));
  }

  private static Array bytes(Connection connection, Stream<byte[]> values) throws SQLException {
    return connection.createArrayOf("bytea", values.toArray(byte[][]::new));
  }

  private static Array texts(Connection connection, Stream<? extends @Nullable String> values)
      throws SQLException {
    return connection.createArrayOf("text", values.toArray(String[]::new));
  }

  /// Size of the log; the head stays locked until the caller's transaction ends.
  static long lockHead(DSLContext transaction) {
    return transaction.select(HEAD.SIZE).from(HEAD).forUpdate().fetchSingle().value1();
  }

  /// Whether the leaf at this index is the one with this hash.
  static boolean isLeaf(DSLContext transaction, long index, byte[] hash) {
    return transaction.fetchExists(LEAF, LEAF.LEAF_INDEX.eq(index).and(LEAF.HASH.eq(hash)));
  }

  /// Puts one entry into the inbox, in the caller's transaction.
  static void putInbox(DSLContext transaction, PreparedEntry entry) {
    transaction
        .insertInto(INBOX)
        .set(INBOX.HASH, entry.hash())
        .set(INBOX.KIND, entry.kind())
        .set(INBOX.OCCURRED_AT, time(entry.timeMicros()))
        .set(INBOX.CORRELATION, entry.correlation().orElse(null))
        .set(INBOX.ENTRY, entry.entry())
        .set(INBOX.DISCLOSURES, entry.disclosures())
        .execute();
  }

  /// Whether there is anything to take, as far as one can see without a lock.
  static boolean hasInbox(DSLContext sql) {
    return sql.fetchExists(INBOX);
  }

  /// Takes the oldest rows out of the inbox, in the order of their ids; they are gone when the
  /// transaction commits.
  ///
  /// Rows are taken, not followed by a position: a transaction that commits late is never skipped.
  static List<PreparedEntry> takeInbox(DSLContext transaction, int most) {
    return transaction
        .deleteFrom(INBOX)
        .where(
            INBOX.INBOX_ID.in(
                DSL.select(INBOX.INBOX_ID)
                    .from(INBOX)
                    .orderBy(INBOX.INBOX_ID)
                    .limit(most)
                    .forUpdate()
                    .skipLocked()))
        .returning()
        .fetch()
        .sortAsc(INBOX.INBOX_ID)
        .map(row ->
            new PreparedEntry(
                row.get(INBOX.ENTRY),
                row.get(INBOX.HASH),
                row.get(INBOX.KIND),
                ChronoUnit.MICROS.between(Instant.EPOCH, row.get(INBOX.OCCURRED_AT).toInstant()),
                Optional.ofNullable(row.get(INBOX.CORRELATION)),
                row.get(INBOX.DISCLOSURES)));
  }

  private static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
