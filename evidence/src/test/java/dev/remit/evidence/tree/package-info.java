/// Tests of the growing tree and its proofs.
@NullMarked
package dev.remit.evidence.tree;

import org.jspecify.annotations.NullMarked;
