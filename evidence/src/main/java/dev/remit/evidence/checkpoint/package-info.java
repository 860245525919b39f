/// Fifth stage: the log commits to what it holds.
///
/// Enters: the head as it stands. Leaves: signed checkpoints. Guaranteed: a checkpoint is signed
/// only when it continues the one before, and is kept as it was signed.
@NullMarked
package dev.remit.evidence.checkpoint;

import org.jspecify.annotations.NullMarked;
