/// Remit's own PostgreSQL: a pooled connection, one schema per module migrated by Flyway, typed SQL
/// by jOOQ.
///
/// Enters: the address of a database. Leaves: a [dev.remit.platform.db.Database] whose migrations
/// have run. Guaranteed: a module that opened it finds its schema at the version it was built for,
/// or the start fails.
@NullMarked
package dev.remit.platform.db;

import org.jspecify.annotations.NullMarked;
