/// Same statement by two ways, compared: through the proxy and past it.
///
/// Enters: generated and collected statements. Leaves: nothing but failures. Guaranteed: every
/// generated statement is a function of its seed, so that a failure can be repeated.
@NullMarked
package dev.remit.server.differential;

import org.jspecify.annotations.NullMarked;
