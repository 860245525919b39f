/// The whole of Remit, tried from outside: launcher, commands, HTTP interface, and the rules of the
/// house.
@NullMarked
package dev.remit.server;

import org.jspecify.annotations.NullMarked;
