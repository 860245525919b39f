/// The operator's commands, each a few calls of the running server's HTTP interface.
///
/// Enters: arguments. Leaves: text for people. Guaranteed: nothing is changed but through the
/// server, as the operator whose token file the caller can read.
@NullMarked
package dev.remit.server.administration;

import org.jspecify.annotations.NullMarked;
