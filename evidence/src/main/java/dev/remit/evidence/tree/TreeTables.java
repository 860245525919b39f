package dev.remit.evidence.tree;

import static dev.remit.evidence.db.Tables.HEAD;
import static dev.remit.evidence.db.Tables.LEAF;
import static dev.remit.evidence.db.Tables.TILE;

import dev.remit.evidence.model.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record2;

/// The tree as it is stored, within one snapshot: each hash once.
///
/// Stored are leaf hashes (in `leaf`) and full tiles with their roots (in `tile`), nothing that
/// ever changes. A tile that is not full is read from the rows below it: leaf hashes for level 0,
/// roots of level L − 1 for level L; at most 255 rows. So a proof reads at most two tiles for each
/// of the ⌈log256 n⌉ levels, and no stored value has to be kept in step with another.
///
/// Remembers the tiles it has read; make a new one for each call.
public final class TreeTables implements ProofBuilder.Subtrees {
  private record Key(int level, long index) {}

  private final DSLContext sql;
  private final long size;
  private final Map<Key, List<byte[]>> tiles = new HashMap<>();

  /// @param sql a connection whose view of the log has at least `size` leaves
  /// @param size leaves of the tree to read
  public TreeTables(DSLContext sql, long size) {
    this.sql = sql;
    this.size = size;
  }

  /// The whole state to append to, checked: the stored right edge must be what the stored hashes
  /// make. An `IllegalStateException` says that the store was altered.
  public static TreeState load(DSLContext sql) {
    Record2<Long, byte[]> head = sql.select(HEAD.SIZE, HEAD.EDGE).from(HEAD).fetchSingle();
    long size = head.value1();
    TreeTables tables = new TreeTables(sql, size);
    List<List<byte[]>> open = new ArrayList<>();
    for (int level = 0; level < TreeState.LEVELS; level++) {
      open.add(tables.tile(level, size >> (8 * (level + 1))));
    }
    TreeState state = new TreeState(size, TreeState.split(head.value2()), open);
    if (!state.edgeIsThatOfOpenTiles()) {
      throw new IllegalStateException(
          "the head of the log does not belong to its leaves: the store was altered");
    }
    return state;
  }

  @Override
  public byte[] root(int height, long index) {
    int level = height / 8;
    int width = 1 << (height % 8);
    long first = index * width;
    List<byte[]> hashes = tile(level, first / Tile.WIDTH);
    int start = (int) (first % Tile.WIDTH);
    return fold(hashes.subList(start, start + width));
  }

  /// Root of a perfect subtree over these hashes; their number is a power of two.
  static byte[] fold(List<byte[]> hashes) {
    List<byte[]> row = hashes;
    while (row.size() > 1) {
      List<byte[]> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(MerkleTree.nodeHash(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }

  private List<byte[]> tile(int level, long index) {
    return tiles.computeIfAbsent(new Key(level, index), this::read);
  }

  private List<byte[]> read(Key key) {
    long first = key.index() * Tile.WIDTH;
    int width = (int) Math.min(Tile.WIDTH, (size >> (8 * key.level())) - first);
    List<byte[]> hashes = width == Tile.WIDTH ? readFull(key) : readOpen(key, first, width);
    if (hashes.size() != width) {
      throw new IllegalStateException("hashes of the log are missing: the store was altered");
    }
    return hashes;
  }

  private List<byte[]> readFull(Key key) {
    return sql.select(TILE.HASHES)
        .from(TILE)
        .where(TILE.LEVEL.eq((short) key.level()), TILE.TILE_INDEX.eq(key.index()))
        .fetchOptional(TILE.HASHES)
        .map(TreeState::split)
        .orElse(List.of());
  }

  private List<byte[]> readOpen(Key key, long first, int width) {
    if (width == 0) {
      return List.of();
    }
    long last = first + width - 1;
    if (key.level() == 0) {
      return Arrays.asList(
          sql.select(LEAF.HASH)
              .from(LEAF)
              .where(LEAF.LEAF_INDEX.between(first, last))
              .orderBy(LEAF.LEAF_INDEX)
              .fetchArray(LEAF.HASH));
    }
    return Arrays.asList(
        sql.select(TILE.ROOT)
            .from(TILE)
            .where(TILE.LEVEL.eq((short) (key.level() - 1)), TILE.TILE_INDEX.between(first, last))
            .orderBy(TILE.TILE_INDEX)
            .fetchArray(TILE.ROOT));
  }
}
