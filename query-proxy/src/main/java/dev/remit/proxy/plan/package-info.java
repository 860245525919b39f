/// From a client's text to what the session has to do with it.
///
/// Enters: a statement's text and who sends it. Leaves: a [dev.remit.proxy.model.PlannedStatement],
/// or a refusal with its SQLSTATE and position. Guaranteed: no query leaves that was not resolved,
/// governed and verified under the epoch it carries.
@NullMarked
package dev.remit.proxy.plan;

import org.jspecify.annotations.NullMarked;
