/// Lexemes to trees: the parser that JavaCC makes of Calcite's `Parser.jj` and of the productions
/// in `src/main/codegen/includes`, and what those productions call.
///
/// Enters: lexemes of [dev.remit.sql.scan]. Leaves: trees of [dev.remit.sql.model]. Guaranteed: the
/// tree is the one PostgreSQL's `gram.y` builds; nesting and height are bounded.
@NullMarked
package dev.remit.sql.parser;

import org.jspecify.annotations.NullMarked;
