/// One table of everything that can go wrong for a caller, and the exception that carries a row of
/// it.
///
/// Enters: a broken expectation anywhere in Remit. Leaves: an [dev.remit.platform.error.ErrorCode]
/// that the HTTP edge renders as RFC 9457 problem and the wire edge as SQLSTATE. Guaranteed:
/// messages carry no value of governed data.
@NullMarked
package dev.remit.platform.error;

import org.jspecify.annotations.NullMarked;
