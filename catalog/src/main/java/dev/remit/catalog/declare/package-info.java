/// What people say about their data: read from YAML, checked against what was scanned.
///
/// Enters: one governance document as tree. Leaves: the changes it makes, or every reason why it
/// cannot be applied; and a document to start from. Guaranteed: an unknown key, name or value
/// refuses the whole document with its path.
@NullMarked
package dev.remit.catalog.declare;

import org.jspecify.annotations.NullMarked;
