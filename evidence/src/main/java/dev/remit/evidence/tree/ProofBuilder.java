package dev.remit.evidence.tree;

import dev.remit.evidence.model.ConsistencyProof;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/// Builds the proofs of RFC 9162 §2.1.3.1 and §2.1.4.1 from perfect subtrees.
///
/// The recursion of the standard, written down as it stands: it visits O(log n) ranges, each made
/// of O(log n) perfect subtrees, all of which lie in O(log n) tiles.
public final class ProofBuilder {
  /// Gives the root of the perfect subtree over leaves `index·2^height` up to `(index+1)·2^height`.
  @FunctionalInterface
  public interface Subtrees {
    /// 32 bytes; the subtree is asked for only when the tree has all its leaves.
    byte[] root(int height, long index);
  }

  private final Subtrees subtrees;

  public ProofBuilder(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /// Proof that leaf `index` stands in the tree of the first `size` leaves.
  public InclusionProof inclusion(long index, long size) {
    List<Hash> path = new ArrayList<>();
    climb(index, 0, size, path);
    return new InclusionProof(index, size, path);
  }

  /// Proof that the tree of `laterSize` leaves begins with that of `earlierSize`.
  public ConsistencyProof consistency(long earlierSize, long laterSize) {
    List<Hash> path = new ArrayList<>();
    if (earlierSize < laterSize) {
      split(earlierSize, 0, laterSize, true, path);
    }
    return new ConsistencyProof(earlierSize, laterSize, path);
  }

  /// PATH(m, D): the siblings of the leaf within `[start, end)`, lowest first.
  private void climb(long leaf, long start, long end, List<Hash> path) {
    if (end - start == 1) {
      return;
    }
    long middle = start + leftSize(end - start);
    if (leaf < middle) {
      climb(leaf, start, middle, path);
      path.add(rootOf(middle, end));
    } else {
      climb(leaf, middle, end, path);
      path.add(rootOf(start, middle));
    }
  }

  /// SUBPROOF(m, D, known): `known` says that the verifier has the root of `[start, end)` already.
  private void split(long cut, long start, long end, boolean known, List<Hash> path) {
    if (cut == end) {
      if (!known) {
        path.add(rootOf(start, end));
      }
      return;
    }
    long middle = start + leftSize(end - start);
    if (cut <= middle) {
      split(cut, start, middle, known, path);
      path.add(rootOf(middle, end));
    } else {
      split(cut, middle, end, false, path);
      path.add(rootOf(start, middle));
    }
  }

  private Hash rootOf(long start, long end) {
    return Hash.of(rootBytes(start, end));
  }

  /// `start` is always a multiple of the largest power of two below the range's size.
  private byte[] rootBytes(long start, long end) {
    long size = end - start;
    if (Long.bitCount(size) == 1) {
      int height = Long.numberOfTrailingZeros(size);
      return subtrees.root(height, start >> height);
    }
    long middle = start + leftSize(size);
    return MerkleTree.nodeHash(rootBytes(start, middle), rootBytes(middle, end));
  }

  /// The largest power of two below `size`, for sizes from 2.
  private static long leftSize(long size) {
    return Long.highestOneBit(size - 1);
  }
}
