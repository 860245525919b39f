package dev.remit.evidence.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.evidence.model.ConsistencyProof;
import dev.remit.evidence.model.Hash;
import dev.remit.evidence.model.InclusionProof;
import dev.remit.evidence.model.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Goal: what we build, we accept, and nothing near it. Method: every pair of index and size up to
/// 130 against the recursive definition of RFC 6962 §2.1.
class ProofTest {
  private static final int LARGEST = 130;
  private static final List<byte[]> LEAVES =
      IntStream.range(0, 700)
          .mapToObj(i -> MerkleTree.leafHash(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
          .toList();

  private final ProofBuilder builder =
      new ProofBuilder((height, index) ->
          definition(LEAVES.subList((int) index << height, (int) (index + 1) << height)));

  @Test
  void everyInclusionProofHoldsForItsOwnLeafAndRootOnly() {
    for (int size = 1; size <= LARGEST; size++) {
      byte[] root = definition(LEAVES.subList(0, size));
      for (int index = 0; index < size; index++) {
        InclusionProof proof = builder.inclusion(index, size);
        assertThat(includes(proof, index, size, LEAVES.get(index), root)).isTrue();
        assertThat(includes(proof, index, size, LEAVES.get(index + 1), root)).isFalse();
        assertThat(includes(proof, index, size, LEAVES.get(index), flipped(root))).isFalse();
        assertThat(includes(proof, index ^ 1, size, LEAVES.get(index), root)).isFalse();
      }
    }
  }

  @Test
  void everyConsistencyProofHoldsForItsOwnRootsOnly() {
    for (int later = 1; later <= LARGEST; later++) {
      byte[] laterRoot = definition(LEAVES.subList(0, later));
      for (int earlier = 1; earlier <= later; earlier++) {
        ConsistencyProof proof = builder.consistency(earlier, later);
        Hash earlierRoot = Hash.of(definition(LEAVES.subList(0, earlier)));
        assertThat(proof.holds(earlierRoot, Hash.of(laterRoot))).isTrue();
        assertThat(proof.holds(earlierRoot, Hash.of(flipped(laterRoot)))).isFalse();
        assertThat(proof.holds(Hash.of(flipped(earlierRoot.bytes())), Hash.of(laterRoot)))
            .isFalse();
      }
    }
  }

  @Test
  void aProofWithAnyBitFlippedOrHashDroppedIsRefused() {
    byte[] root = definition(LEAVES.subList(0, 100));
    List<Hash> path = builder.inclusion(37, 100).path();
    for (int i = 0; i < path.size(); i++) {
      List<Hash> changed = new ArrayList<>(path);
      changed.set(i, Hash.of(flipped(path.get(i).bytes())));
      assertThat(includes(new InclusionProof(37, 100, changed), 37, 100, LEAVES.get(37), root))
          .isFalse();
      changed.remove(i);
      assertThat(includes(new InclusionProof(37, 100, changed), 37, 100, LEAVES.get(37), root))
          .isFalse();
    }
  }

  @Test
  void theRightEdgeGrowsToTheRootOfTheDefinitionWhateverTheBatches() {
    TreeState tree = TreeState.empty();
    List<Tile> tiles = new ArrayList<>();
    assertThat(tree.root()).isEqualTo(MerkleTree.emptyRoot());
    for (int batch = 1; tree.size() + batch <= LEAVES.size(); batch += 3) {
      int start = (int) tree.size();
      Growth growth = tree.append(LEAVES.subList(start, start + batch));
      tree = growth.after();
      tiles.addAll(growth.tiles());
      assertThat(tree.root()).isEqualTo(Hash.of(definition(LEAVES.subList(0, (int) tree.size()))));
      assertThat(TreeState.rootOfEdge(tree.edgeBytes())).isEqualTo(tree.root());
      assertThat(tree.edgeIsThatOfOpenTiles()).isTrue();
    }
    assertThat(tiles).hasSize((int) (tree.size() / Tile.WIDTH)).isNotEmpty();
    for (Tile tile : tiles) {
      int first = (int) tile.index() * Tile.WIDTH;
      List<byte[]> leaves = LEAVES.subList(first, first + Tile.WIDTH);
      assertThat(TreeState.split(tile.hashes())).containsExactlyElementsOf(leaves);
      assertThat(tile.root()).isEqualTo(definition(leaves));
    }
  }

  private static boolean includes(
      InclusionProof proof, long index, long size, byte[] leaf, byte[] root) {
    List<byte[]> path = proof.path().stream().map(Hash::bytes).toList();
    return MerkleTree.includes(index, size, leaf, path, root);
  }

  /// MTH as RFC 6962 §2.1 writes it, over leaf hashes.
  private static byte[] definition(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return MerkleTree.nodeHash(
        definition(leaves.subList(0, left)), definition(leaves.subList(left, leaves.size())));
  }

  private static byte[] flipped(byte[] hash) {
    byte[] other = hash.clone();
    other[7] ^= 4;
    return other;
  }
}
