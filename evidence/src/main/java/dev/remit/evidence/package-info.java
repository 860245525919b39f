/// What happened, and can anyone check it? The tamper-evident log.
///
/// Enters: facts, by [dev.remit.evidence.EvidenceLog]. Leaves: indexes, checkpoints, proofs,
/// entries. Guaranteed: nothing is acknowledged before it is durable and in the log; an
/// acknowledged entry is in every later checkpoint; nobody can change a leaf without a checkpoint
/// contradicting it.
@NullMarked
package dev.remit.evidence;

import org.jspecify.annotations.NullMarked;
