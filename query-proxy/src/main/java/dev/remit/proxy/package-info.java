/// Make each SQL statement obey the decision.
///
/// Enters: PostgreSQL clients. Leaves: rows of governed queries, and access records in the evidence
/// log. Guaranteed: no text of a client reaches a source, only what the planner wrote.
@NullMarked
package dev.remit.proxy;

import org.jspecify.annotations.NullMarked;
