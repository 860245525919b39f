/// Trees to PostgreSQL text that PostgreSQL reads as the same tree.
///
/// Enters: trees of [dev.remit.sql.model], parsed or rewritten. Leaves: text with explicit
/// parentheses, quoted names, and the origin of its parts in the text that was parsed. Guaranteed:
/// same result, same column labels; a node the writer does not know is an error, never text.
@NullMarked
package dev.remit.sql.write;

import org.jspecify.annotations.NullMarked;
