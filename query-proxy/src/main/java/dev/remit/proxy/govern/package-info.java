/// How does a decision become part of the statement?
///
/// Enters: a resolved query. Leaves: the same query with each mention of a relation replaced by one
/// governed table (visible columns only, masks at the scan, filters inside the fence), every
/// function qualified, and the policy's values as parameters behind the client's. Guaranteed: what
/// is on no allow list (functions, operators, types, forms of expression) is refused.
@NullMarked
package dev.remit.proxy.govern;

import org.jspecify.annotations.NullMarked;
