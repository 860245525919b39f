/// Statement text to lexemes, exactly as PostgreSQL 18's scanner cuts it.
///
/// Enters: text a client sent. Leaves: [dev.remit.sql.model.text.Lexeme]s with decoded values and
/// character positions, or a SYNTAX_ERROR. Guaranteed: every character of the text belongs to a
/// lexeme, white space or a comment; standard_conforming_strings is on; nothing here recurses.
@NullMarked
package dev.remit.sql.scan;

import org.jspecify.annotations.NullMarked;
