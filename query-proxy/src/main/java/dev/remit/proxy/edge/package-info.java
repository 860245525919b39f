/// One client's socket, from its first byte to a session: TLS, log-in, cancel requests.
///
/// Enters: bytes of anyone who can reach the port. Leaves: messages of a known user to her session.
/// Guaranteed: nothing sent before the TLS handshake is read after it; nothing is told of sources
/// or purposes before the password was right.
@NullMarked
package dev.remit.proxy.edge;

import org.jspecify.annotations.NullMarked;
