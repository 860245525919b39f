/// Third stage: the text of a filter or of a custom mask becomes a checked tree over one table.
///
/// Enters: the text, the relation it is to hold for, the principal's attributes. Leaves: a
/// [dev.remit.policy.model.SqlExpression]. Guaranteed: it was parsed by our own grammar; every
/// column exists; every function is on the allow list and every operator fits its operands' types;
/// constants and attributes are bound values, never text; a missing attribute makes a filter false.
@NullMarked
package dev.remit.policy.expression;

import org.jspecify.annotations.NullMarked;
