/// Remit's own policy conditions, which Ranger makes by class name. They say no when they cannot
/// tell.
///
/// Enters: a request's context. Leaves: whether a policy item applies. Guaranteed: without input,
/// no match.
@NullMarked
package dev.remit.policy.ranger.condition;

import org.jspecify.annotations.NullMarked;
