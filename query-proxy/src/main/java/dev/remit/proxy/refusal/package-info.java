/// How a statement is refused: with a place in the client's own text.
///
/// Enters: a node of the tree and what is wrong with it. Leaves: an exception. Guaranteed: the
/// message names nothing that the client did not write herself.
@NullMarked
package dev.remit.proxy.refusal;

import org.jspecify.annotations.NullMarked;
