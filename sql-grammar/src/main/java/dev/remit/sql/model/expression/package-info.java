/// Expressions as PostgreSQL's grammar builds them, beside Calcite's `SqlIdentifier` (column
/// references and stars), `SqlLiteral` (numbers, strings, booleans, NULL) and `SqlDynamicParam`
/// (`$n` has index n - 1).
///
/// Enters: nodes made by the parser or by a rewriter. Leaves: the same, visited and rebuilt by
/// Calcite's visitors. Guaranteed: the tree's shape alone says what binds to what; no parentheses
/// are kept.
@NullMarked
package dev.remit.sql.model.expression;

import org.jspecify.annotations.NullMarked;
