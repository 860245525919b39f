package dev.remit.evidence.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The tree of RFC 6962 and the verification of its proofs (RFC 9162 §2.1), without any state.
///
/// Works on bytes, so that a stranger's proof can be checked before it is believed to be well
/// formed. A malformed proof is a false one: no method throws for it.
public final class MerkleTree {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleTree() {}

  /// Root of the tree without leaves: SHA-256 of nothing.
  public static Hash emptyRoot() {
    return Hash.of(sha256().digest());
  }

  /// `SHA-256(0x00 || entry)`.
  public static byte[] leafHash(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return digest.digest(entry);
  }

  /// `SHA-256(0x01 || left || right)`.
  public static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /// Whether the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162
  /// §2.1.3.2).
  ///
  /// @param proof hashes from the leaf's sibling upwards
  public static boolean includes(
      long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
    if (index < 0 || index >= size || !isHash(leafHash) || !isHash(root) || !areHashes(proof)) {
      return false;
    }
    long first = index;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((first & 1) == 1 || first == last) {
        hash = nodeHash(sibling, hash);
        int skipped = first == 0 ? 0 : Long.numberOfTrailingZeros(first);
        first >>= skipped;
        last >>= skipped;
      } else {
        hash = nodeHash(hash, sibling);
      }
      first >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /// Whether the tree of `laterSize` leaves begins with that of `earlierSize` (RFC 9162 §2.1.4.2).
  ///
  /// Strict: the empty tree is consistent with nothing here; a protocol that starts from it says so
  /// itself.
  public static boolean isConsistent(
      long earlierSize, long laterSize, byte[] earlierRoot, byte[] laterRoot, List<byte[]> proof) {
    if (earlierSize <= 0 || earlierSize > laterSize) {
      return false;
    }
    if (earlierSize == laterSize) {
      return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, laterRoot);
    }
    if (proof.isEmpty() || !isHash(earlierRoot) || !isHash(laterRoot) || !areHashes(proof)) {
      return false;
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(earlierSize) == 1) {
      path.addFirst(earlierRoot);
    }
    int shared = Long.numberOfTrailingZeros(~(earlierSize - 1));
    return walk(
        (earlierSize - 1) >> shared, (laterSize - 1) >> shared, path, earlierRoot, laterRoot);
  }

  private static boolean walk(
      long firstNode, long lastNode, List<byte[]> path, byte[] earlierRoot, byte[] laterRoot) {
    long first = firstNode;
    long last = lastNode;
    byte[] earlier = path.getFirst();
    byte[] later = path.getFirst();
    for (byte[] sibling : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((first & 1) == 1 || first == last) {
        earlier = nodeHash(sibling, earlier);
        later = nodeHash(sibling, later);
        int skipped = first == 0 ? 0 : Long.numberOfTrailingZeros(first);
        first >>= skipped;
        last >>= skipped;
      } else {
        later = nodeHash(later, sibling);
      }
      first >>= 1;
      last >>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(earlier, earlierRoot)
        && MessageDigest.isEqual(later, laterRoot);
  }

  private static boolean areHashes(List<byte[]> hashes) {
    return hashes.stream().allMatch(MerkleTree::isHash);
  }

  private static boolean isHash(byte[] bytes) {
    return bytes.length == Hash.LENGTH;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
