/// What is known of the governed data: sources, relations, columns, tags, purposes, as immutable
/// values.
///
/// Leaves through [dev.remit.catalog.Catalog]. Guaranteed: a snapshot never changes; a newer one
/// has a higher epoch.
@NullMarked
package dev.remit.catalog.model;

import org.jspecify.annotations.NullMarked;
