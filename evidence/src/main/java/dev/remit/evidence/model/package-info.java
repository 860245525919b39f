/// The values of the log: entries, checkpoints, proofs.
///
/// Enters and leaves through [dev.remit.evidence.EvidenceLog]. Guaranteed: every value verifies
/// itself when made.
@NullMarked
package dev.remit.evidence.model;

import org.jspecify.annotations.NullMarked;
