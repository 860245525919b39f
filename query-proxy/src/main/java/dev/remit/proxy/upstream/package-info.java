/// The proxy as a client of the source: pooled connections of our own wire client.
///
/// Enters: messages that a session wants sent. Leaves: the source's messages, as bytes. Guaranteed:
/// a connection that is borrowed was checked (role, settings) and is idle; one that is given back
/// in any other state is closed.
@NullMarked
package dev.remit.proxy.upstream;

import org.jspecify.annotations.NullMarked;
