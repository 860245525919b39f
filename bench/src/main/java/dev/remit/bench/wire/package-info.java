/// The price of governance on the wire: direct PostgreSQL, pgbouncer and Remit, in turn, on one
/// machine.
///
/// Enters: Debian's pgbench, psql and pgbouncer, and a checkout's `remit` launcher. Leaves: ratios
/// of one run, printed. Guaranteed: contenders are interleaved, so that a drift of the machine
/// meets all of them.
@NullMarked
package dev.remit.bench.wire;

import org.jspecify.annotations.NullMarked;
