/// May this caller use this, for this purpose, and with which obligations?
///
/// Enters: principals, policies, and questions about tables. Leaves: decisions with every
/// obligation and its reason. Guaranteed: default deny; obligations are joined by AND; a policy set
/// that could be misread is refused and the last good one stays in force.
@NullMarked
package dev.remit.policy;

import org.jspecify.annotations.NullMarked;
