/// Statements as PostgreSQL's grammar builds them.
///
/// Enters: nodes made by the parser or by a rewriter. Leaves: the same, visited and rebuilt by
/// Calcite's visitors. Guaranteed: a [Statement] is a [Query] or a [Command]; every relation that a
/// query reads stands in it as a [FromItem].
@NullMarked
package dev.remit.sql.model;

import org.jspecify.annotations.NullMarked;
