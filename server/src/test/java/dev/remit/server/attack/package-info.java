/// Attempts to get a raw value or a hidden row out of the proxy, by any statement, message or
/// error.
///
/// Enters: the statements of `attacks/statements.sql`. Leaves: nothing but failures. Guaranteed:
/// the two sources compared differ in everything a caller may not learn.
@NullMarked
package dev.remit.server.attack;

import org.jspecify.annotations.NullMarked;
