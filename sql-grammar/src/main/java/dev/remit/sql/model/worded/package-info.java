/// Calls that the standard spells with words between the arguments: SQL/JSON and XML.
///
/// Enters: nothing. Leaves: nodes that keep the words, names and operands in the order of the text.
/// Guaranteed: no word is the caller's own.
@NullMarked
package dev.remit.sql.model.worded;

import org.jspecify.annotations.NullMarked;
