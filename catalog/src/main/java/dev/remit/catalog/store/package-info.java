/// What the catalog keeps in Remit's own database, and how a snapshot is put together from it.
///
/// Enters: scans and declarations, keyed by OID and attribute number. Leaves: the stored state and
/// the snapshot other rooms read. Guaranteed: every change raises the stored epoch in its own
/// transaction; a declaration never moves to another column when names change.
@NullMarked
package dev.remit.catalog.store;

import org.jspecify.annotations.NullMarked;
