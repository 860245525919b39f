/// The strict loader: what Ranger would silently drop, ignore or read as "yes" is found here first.
///
/// Enters: Ranger's documents and policies. Leaves: findings, each a sentence that says what to
/// change. Guaranteed: a set without findings means what it says; a set with any is refused whole.
@NullMarked
package dev.remit.policy.ranger.strict;

import org.jspecify.annotations.NullMarked;
