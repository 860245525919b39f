package dev.remit.evidence.tree;

import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.MerkleTree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All that is needed of a tree to append to it. Immutable.
///
/// - `edge`: the compact range, that is the roots of the perfect subtrees the size's binary digits
///   name, largest first. Its fold is the root.
/// - `open`: for each tile level, the hashes of the tile that is not full yet, at most 255.
///
/// One append costs one hash amortised; a tile is handed out in the moment it becomes full.
public final class TreeState {
  /// Tile levels: enough for 2^56 leaves, which are out of reach. (An eighth would shift by 64.)
  static final int LEVELS = 7;

  private final long size;
  private final List<byte[]> edge;
  private final List<List<byte[]>> open;

  /// @param open one list for each of the seven tile levels, as `size` demands
  TreeState(long size, List<byte[]> edge, List<List<byte[]>> open) {
    if (edge.size() != Long.bitCount(size) || open.size() != LEVELS) {
      throw new IllegalArgumentException("the right edge does not fit the size of the log");
    }
    for (int level = 0; level < LEVELS; level++) {
      if (open.get(level).size() != openWidth(size, level)) {
        throw new IllegalArgumentException("the hashes of the open tiles do not fit the size");
      }
    }
    this.size = size;
    this.edge = List.copyOf(edge);
    this.open = open.stream().map(List::copyOf).toList();
  }

  /// Hashes in the tile of this level that is not full yet.
  static int openWidth(long size, int level) {
    return (int) ((size >> (8 * level)) & (Tile.WIDTH - 1));
  }

  /// The tree without leaves.
  public static TreeState empty() {
    List<List<byte[]>> open = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      open.add(List.of());
    }
    return new TreeState(0, List.of(), open);
  }

  /// Leaves of the tree.
  public long size() {
    return size;
  }

  /// The compact range as stored: 32 bytes for each subtree, largest first.
  public byte[] edgeBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(edge.size() * Hash.LENGTH);
    edge.forEach(bytes::put);
    return bytes.array();
  }

  /// Root over all leaves.
  public Hash root() {
    return rootOf(edge);
  }

  /// Root that a stored compact range stands for.
  public static Hash rootOfEdge(byte[] edge) {
    return rootOf(split(edge));
  }

  /// This tree with further leaves at its end.
  ///
  /// @param leafHashes 32 bytes each, in order
  public Growth append(List<byte[]> leafHashes) {
    List<byte[]> newEdge = new ArrayList<>(edge);
    List<List<byte[]>> newOpen = new ArrayList<>();
    open.forEach(hashes -> newOpen.add(new ArrayList<>(hashes)));
    List<Tile> tiles = new ArrayList<>();
    long newSize = size;
    for (byte[] leafHash : leafHashes) {
      byte[] hash = leafHash;
      newOpen.getFirst().add(hash);
      int height = 0;
      for (long rest = newSize; (rest & 1) == 1; rest >>= 1) {
        hash = MerkleTree.nodeHash(newEdge.removeLast(), hash);
        height++;
        if (height % 8 == 0) {
          int level = height / 8 - 1;
          tiles.add(close(newOpen.get(level), level, newSize >> height, hash));
          newOpen.get(level + 1).add(hash);
        }
      }
      newEdge.add(hash);
      newSize++;
    }
    return new Growth(this, new TreeState(newSize, newEdge, newOpen), tiles);
  }

  private static Tile close(List<byte[]> hashes, int level, long index, byte[] root) {
    ByteBuffer bytes = ByteBuffer.allocate(Tile.WIDTH * Hash.LENGTH);
    hashes.forEach(bytes::put);
    hashes.clear();
    return new Tile(level, index, bytes.array(), root);
  }

  static List<byte[]> split(byte[] hashes) {
    List<byte[]> parts = new ArrayList<>(hashes.length / Hash.LENGTH);
    for (int start = 0; start < hashes.length; start += Hash.LENGTH) {
      parts.add(Arrays.copyOfRange(hashes, start, start + Hash.LENGTH));
    }
    return parts;
  }

  /// Whether the compact range is what the open tiles' hashes make; a check on stored data.
  boolean edgeIsThatOfOpenTiles() {
    List<byte[]> expected = new ArrayList<>();
    for (List<byte[]> hashes : open.reversed()) {
      int start = 0;
      for (int width = Tile.WIDTH / 2; width > 0; width /= 2) {
        if ((hashes.size() & width) != 0) {
          expected.add(TreeTables.fold(hashes.subList(start, start + width)));
          start += width;
        }
      }
    }
    return Arrays.deepEquals(expected.toArray(), edge.toArray());
  }

  private static Hash rootOf(List<byte[]> edge) {
    if (edge.isEmpty()) {
      return MerkleTree.emptyRoot();
    }
    byte[] root = edge.getLast();
    for (byte[] left : edge.reversed().subList(1, edge.size())) {
      root = MerkleTree.nodeHash(left, root);
    }
    return Hash.of(root);
  }
}
