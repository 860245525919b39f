/// The command line: starting and stopping, and everything an operator does, over HTTP.
///
/// Enters: arguments. Leaves: text for people on standard output, one line per error on standard
/// error, an exit code. Guaranteed: 0 done, 1 refused or failed, 2 wrong usage, 3 not running; the
/// server is the only writer of its store.
@NullMarked
package dev.remit.server.command;

import org.jspecify.annotations.NullMarked;
