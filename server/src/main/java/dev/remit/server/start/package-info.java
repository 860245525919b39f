/// What happens once at a start: the sample, the demo users, the readiness checks.
///
/// Enters: configuration and the parts that are already up. Leaves: a system that is safe to open.
/// Guaranteed: outside `mode: development` nothing generated or self-signed is served.
@NullMarked
package dev.remit.server.start;

import org.jspecify.annotations.NullMarked;
