/// What data do we hold, where, and what is it?
///
/// A source is registered, scanned, classified, declared and watched, in that order: see the stage
/// packages `source`, `scan`, `classify`, `declare`, `store`, `watch`. Enters: addresses of
/// databases and governance files. Leaves: an immutable [dev.remit.catalog.model.CatalogSnapshot].
/// Guaranteed: entries are keyed by OID and attribute number; a source whose schema is not the
/// scanned one answers no statement.
@NullMarked
package dev.remit.catalog;

import org.jspecify.annotations.NullMarked;
