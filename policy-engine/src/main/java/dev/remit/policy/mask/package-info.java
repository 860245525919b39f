/// Fourth stage: a mask's name becomes an expression over the raw column.
///
/// Enters: a [dev.remit.policy.rules.MaskSpec] and the column. Leaves: an expression of exactly the
/// column's type and modifier. Guaranteed: NULL stays NULL, no result is cut or padded into another
/// value, keys are bound values; a mask that cannot keep this for a type is refused.
@NullMarked
package dev.remit.policy.mask;

import org.jspecify.annotations.NullMarked;
