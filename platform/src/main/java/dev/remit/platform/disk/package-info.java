/// Files that only their owner may read, and folders that only one process may use.
///
/// Enters: paths under Remit's data folder. Leaves: files of mode 0600 and locks. Guaranteed: a
/// file written here is either the old or the new one after a crash, never half of one.
@NullMarked
package dev.remit.platform.disk;

import org.jspecify.annotations.NullMarked;
