/// Looks at a source: structure in full, values in bounded samples.
///
/// Enters: a read-only connection and a classifier. Leaves: relations with suggested tags, and the
/// difference to an earlier look. Guaranteed: a constant number of statements for the structure; at
/// most one bounded sampling statement per relation; no sampled value outlives the classification.
@NullMarked
package dev.remit.catalog.scan;

import org.jspecify.annotations.NullMarked;
