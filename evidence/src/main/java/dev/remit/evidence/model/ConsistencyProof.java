package dev.remit.evidence.model;

import java.util.List;

/// Proof that a later tree begins with an earlier one (RFC 9162 §2.1.4).
///
/// @param earlierSize leaves of the earlier tree, at least 1
/// @param laterSize leaves of the later tree
/// @param path hashes in the order of the standard; empty when the sizes are equal
public record ConsistencyProof(long earlierSize, long laterSize, List<Hash> path) {
  public ConsistencyProof {
    if (earlierSize < 1 || earlierSize > laterSize) {
      throw new IllegalArgumentException("the earlier tree has between 1 and laterSize leaves");
    }
    path = List.copyOf(path);
  }

  /// Whether the tree with `laterRoot` begins with the one of `earlierRoot`.
  public boolean holds(Hash earlierRoot, Hash laterRoot) {
    return MerkleTree.isConsistent(
        earlierSize,
        laterSize,
        earlierRoot.bytes(),
        laterRoot.bytes(),
        path.stream().map(Hash::bytes).toList());
  }
}
