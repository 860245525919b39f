/// Whether each source is still what was scanned, looked at every second.
///
/// Enters: what the catalog believes of a source. Leaves: the state the source is in. Guaranteed: a
/// drifted source stays drifted until it is scanned again; an unreachable one comes back by itself
/// when role and fingerprints are as before.
@NullMarked
package dev.remit.catalog.watch;

import org.jspecify.annotations.NullMarked;
