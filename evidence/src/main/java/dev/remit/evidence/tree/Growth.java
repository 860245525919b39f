package dev.remit.evidence.tree;

import java.util.List;

/// What appending some leaves does to the tree.
///
/// @param before the tree it starts from
/// @param after the tree it makes
/// @param tiles the tiles that became full, lower levels first
public record Growth(TreeState before, TreeState after, List<Tile> tiles) {
  public Growth {
    tiles = List.copyOf(tiles);
  }
}
