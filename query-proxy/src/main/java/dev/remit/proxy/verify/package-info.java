/// Does the text that is about to be sent obey the decision? A second look, at the written text
/// alone, that shares lists with the rewriter and no way of deciding.
///
/// Enters: the emitted text, read again, and the decisions. Leaves: nothing, or a refusal.
/// Guaranteed: base relations stand only inside governed tables whose columns, masks, filters and
/// fence are those of the decision; functions, operators and types are on the allow lists.
@NullMarked
package dev.remit.proxy.verify;

import org.jspecify.annotations.NullMarked;
