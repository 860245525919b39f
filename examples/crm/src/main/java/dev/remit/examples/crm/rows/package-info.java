/// What is known of the people: each table's rows as the bytes of PostgreSQL's COPY text format.
///
/// Enters: a [dev.remit.examples.crm.people.Population]. Leaves: a
/// [dev.remit.examples.crm.rows.Dataset] of tables, each written on demand. Guaranteed: a table's
/// bytes depend on the population's seed and size alone.
@NullMarked
package dev.remit.examples.crm.rows;

import org.jspecify.annotations.NullMarked;
