/// Bearer tokens of the HTTP interface.
///
/// Enters: a principal's name. Leaves: a token, shown once; later, whom it stands for. Guaranteed:
/// only digests are kept; an expired or revoked token is worth nothing from the next call.
@NullMarked
package dev.remit.server.token;

import org.jspecify.annotations.NullMarked;
