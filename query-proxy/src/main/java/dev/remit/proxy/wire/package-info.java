/// PostgreSQL's protocol 3 as bytes: framing, decoding of what clients send, encoding of what both
/// sides are sent.
///
/// Enters: chunks of bytes as the sockets deliver them. Leaves: whole messages, or a refusal
/// (08P01). Guaranteed: nothing is read past a message's own length, and no length is believed
/// before it is compared with a bound.
@NullMarked
package dev.remit.proxy.wire;

import org.jspecify.annotations.NullMarked;
