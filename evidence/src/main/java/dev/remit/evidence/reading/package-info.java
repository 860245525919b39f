/// Fourth stage: what the log holds is read back, checked against its leaves.
///
/// Enters: an index, a kind, a correlation. Leaves: entries. Guaranteed: a body that does not match
/// its leaf is never returned.
@NullMarked
package dev.remit.evidence.reading;

import org.jspecify.annotations.NullMarked;
