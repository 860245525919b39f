package dev.remit.evidence.model;

import java.util.List;

/// Proof that a leaf stands in a tree (RFC 9162 §2.1.3).
///
/// @param index position of the leaf, from 0
/// @param size leaves of the tree
/// @param path hashes from the leaf's sibling upwards
public record InclusionProof(long index, long size, List<Hash> path) {
  public InclusionProof {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a leaf's index lies below the tree's size");
    }
    path = List.copyOf(path);
  }

  /// Whether the entry, as its canonical bytes, stands in the tree with this root.
  public boolean holds(byte[] entry, Hash root) {
    return MerkleTree.includes(
        index,
        size,
        MerkleTree.leafHash(entry),
        path.stream().map(Hash::bytes).toList(),
        root.bytes());
  }
}
