/// Benchmarks, each beside what a user would pick instead.
///
/// Enters: the name of one. Leaves: figures and ratios of one run on this machine. Guaranteed: no
/// figure without the baseline measured in the same run.
@NullMarked
package dev.remit.bench;

import org.jspecify.annotations.NullMarked;
