/// First stage: an entry becomes the bytes of a leaf and the body beside it.
///
/// Enters: a [dev.remit.evidence.model.LogEntry]. Leaves: canonical JSON with salted digests, its
/// leaf hash, and the disclosures. Guaranteed: the leaf alone says nothing about a field's value.
@NullMarked
package dev.remit.evidence.leaf;

import org.jspecify.annotations.NullMarked;
