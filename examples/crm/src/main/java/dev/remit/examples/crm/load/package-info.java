/// Into PostgreSQL: schema, rows by COPY, keys and the reading role, in one transaction.
///
/// Enters: a connection to an empty database and a [dev.remit.examples.crm.rows.Dataset]. Leaves: a
/// loaded database. Guaranteed: all of it or nothing.
@NullMarked
package dev.remit.examples.crm.load;

import org.jspecify.annotations.NullMarked;
