/// What people, programs and disks get wrong, each tried against a whole Remit: the answer says
/// what to do, and nothing is lost by it.
///
/// Enters: bad input through psql, pgjdbc, sockets, HTTP and the command line. Guaranteed: after
/// each, the same session or the next one works, and what was refused is on the record.
@NullMarked
package dev.remit.server.badinput;

import org.jspecify.annotations.NullMarked;
