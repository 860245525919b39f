package dev.remit.evidence.tree;

/// A full tile (C2SP tlog-tiles): 256 consecutive hashes of one tile level.
///
/// Level 0 holds leaf hashes; level L + 1 holds the roots of the tiles of level L.
public final class Tile {
  /// Hashes of a full tile.
  public static final int WIDTH = 256;

  private final int level;
  private final long index;
  private final byte[] hashes;
  private final byte[] root;

  Tile(int level, long index, byte[] hashes, byte[] root) {
    this.level = level;
    this.index = index;
    this.hashes = hashes;
    this.root = root;
  }

  public int level() {
    return level;
  }

  public long index() {
    return index;
  }

  /// 8,192 bytes.
  public byte[] hashes() {
    return hashes;
  }

  /// Root of the perfect subtree over the 256 hashes.
  public byte[] root() {
    return root;
  }
}
