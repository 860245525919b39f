/// Second stage: leaf hashes grow the tree; stored tiles answer for its proofs.
///
/// Enters: leaf hashes in order. Leaves: the new right edge, the tiles that became full, proofs.
/// Guaranteed: nothing here changes a hash that was once stored; a proof reads O(log n) tiles.
@NullMarked
package dev.remit.evidence.tree;

import org.jspecify.annotations.NullMarked;
