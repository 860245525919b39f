/// Does what a server says of its log hold?
///
/// Enters: an entry as it was handed out, and the log's key as it was met first. Leaves: a sentence
/// for people, or a refusal. Guaranteed: nothing the server says of itself is believed.
@NullMarked
package dev.remit.server.proof;

import org.jspecify.annotations.NullMarked;
