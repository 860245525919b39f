/// Fifth stage: everything that matches is composed into one decision per table.
///
/// Enters: a request and the present policies and catalog. Leaves: a
/// [dev.remit.policy.model.TableDecision] with its reasons. Guaranteed: filters are joined by AND;
/// different masks on one cell, and any obligation that cannot be made, deny; no policy, no access.
@NullMarked
package dev.remit.policy.decision;

import org.jspecify.annotations.NullMarked;
