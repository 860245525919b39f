/// COPY TO STDOUT made from the rows of a query, as PostgreSQL writes it.
///
/// Enters: DataRow messages, in text for text and csv, in binary for binary. Leaves: CopyData
/// messages. Guaranteed: byte for byte what the source's own COPY would have sent.
@NullMarked
package dev.remit.proxy.copy;

import org.jspecify.annotations.NullMarked;
