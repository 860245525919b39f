/// The HTTP edge: event loop to virtual thread, errors as problem documents.
///
/// Enters: Vert.x requests. Leaves: answers written on the event loop. Guaranteed: no blocking call
/// runs on an event loop.
@NullMarked
package dev.remit.platform.http;

import org.jspecify.annotations.NullMarked;
