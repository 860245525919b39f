/// Third stage: prepared entries get their index and become durable, or their callers are told.
///
/// Enters: prepared entries by two doors, the queue and the inbox. Leaves: leaf indexes.
/// Guaranteed: an index is given out only after the transaction that holds the leaf, its body and
/// the moved head has been committed.
@NullMarked
package dev.remit.evidence.sequence;

import org.jspecify.annotations.NullMarked;
