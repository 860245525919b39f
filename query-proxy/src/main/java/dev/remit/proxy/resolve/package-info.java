/// Which name means what? A scope resolver of our own over Calcite's tree, following PostgreSQL's
/// rules (documentation, chapters 7 and 42; `parse_relation.c`, `parse_target.c` for the order of
/// look-ups).
///
/// Enters: a parsed query and the relations one principal can see. Leaves: a
/// [dev.remit.proxy.resolve.Resolution]: every use of a relation, the columns read of it, and every
/// condition that can reach it. Guaranteed: a name that is not bound to something visible is
/// refused, with the same words whether it does not exist or is hidden.
@NullMarked
package dev.remit.proxy.resolve;

import org.jspecify.annotations.NullMarked;
