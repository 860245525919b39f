/// Where may a client's condition run on a row before the filters have passed it?
///
/// Enters: the resolved conditions and the operators that the source calls leakproof. Leaves: for
/// each mention of a relation, whether its fence stays, and which conditions are copied inside it.
/// Guaranteed: a fence is left out only where every condition that can reach the relation is
/// leakproof on unmasked columns.
@NullMarked
package dev.remit.proxy.fence;

import org.jspecify.annotations.NullMarked;
