/// What does this SQL text say? PostgreSQL's language as trees of Calcite nodes, and back.
///
/// Enters: statement or expression text, or trees that a rewriter changed. Leaves: trees, and text
/// that PostgreSQL 18 reads as exactly these trees. Guaranteed: what is not understood is refused;
/// the tree has PostgreSQL's precedence; results and column labels of the written text are those of
/// the text that was read; nesting, size and height are bounded.
///
/// Path of a statement: [dev.remit.sql.scan] cuts lexemes → [dev.remit.sql.parser] builds the tree
/// → (the proxy rewrites it) → [dev.remit.sql.write] prints it. Door: [dev.remit.sql.PostgresSql].
///
/// What stands for what:
///
/// | SQL | node |
/// |---|---|
/// | a statement | [dev.remit.sql.model.Statement]: `Query` or `Command` |
/// | `BEGIN`, `SET`, `SHOW` and their like | [dev.remit.sql.model.SessionCommand] |
/// | `PREPARE`, cursors, `COPY`, `EXPLAIN`; all others by name | [dev.remit.sql.model.Command] |
/// | `WITH … body ORDER BY … LIMIT …`, anywhere | [dev.remit.sql.model.Query] |
/// | `SELECT …`, `TABLE t` | [dev.remit.sql.model.Select] as body of a query |
/// | `UNION`, `INTERSECT`, `EXCEPT`; `VALUES` | `SetOperation`; `ValuesRows` |
/// | a WITH item | [dev.remit.sql.model.CommonTable] |
/// | an item of a select list | [dev.remit.sql.model.Target] |
/// | table, subquery, function, join in FROM | [dev.remit.sql.model.FromItem] and its members |
/// | `a`, `t.a`, `s.t.a`; `*`, `t.*` | `SqlIdentifier`; a star's last name is empty |
/// | numbers, strings, TRUE, NULL | `SqlLiteral` |
/// | `$1` | `SqlDynamicParam`, index 0 |
/// | `a + b`, `- a`, `a ->> b`, `a OPERATOR(s.+) b` | `Operation` |
/// | `a = ANY (…)` | `Quantified` |
/// | `AND`, `IS NULL`, `BETWEEN`, `LIKE`, `IN`, `CASE`, `EXISTS`, `ARRAY[…]`, `ROW`, … | `Construct` |
/// | `f(…)`, aggregates, windows, `extract`, `AT TIME ZONE` | `FunctionCall` |
/// | `x::t`, `CAST`, `date '…'` | `Cast` with a `TypeName` |
/// | `(x).f`, `(x).*`; `a[1]`; `COLLATE` | `FieldAccess`; `Subscript`; `Collation` |
/// | `(SELECT …)` as a value | `Query` |
///
/// Names of tables, functions, types and aliases are attributes of their nodes; a visitor that
/// meets an `SqlIdentifier` has a column reference.
@NullMarked
package dev.remit.sql;

import org.jspecify.annotations.NullMarked;
