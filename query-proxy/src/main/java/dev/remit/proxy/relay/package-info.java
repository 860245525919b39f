/// The two streams of a session side by side: what is submitted to the source, and which of its
/// answers the client gets, in order.
///
/// Enters: governed queries and bytes of the source. Leaves: bytes to the client. Guaranteed: rows
/// are relayed undecoded and never before their access record allows it; of an error only what
/// cannot quote a value passes.
@NullMarked
package dev.remit.proxy.relay;

import org.jspecify.annotations.NullMarked;
