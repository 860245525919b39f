/// What of PostgreSQL's own catalog may a principal see?
///
/// Enters: the name of a catalog relation. Leaves: a
/// [dev.remit.proxy.systemcatalog.SystemRelation], the governed derived table that stands for it.
/// Guaranteed: a catalog relation without a rule does not exist for clients; rows of objects that
/// the principal cannot see, statistics, definitions, defaults and function sources are not in it.
@NullMarked
package dev.remit.proxy.systemcatalog;

import org.jspecify.annotations.NullMarked;
