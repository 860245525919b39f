/// The sample CRM: a database of invented people with the traps of real data, and what governs it.
///
/// Enters: the address of an empty PostgreSQL database and a number of customers. Leaves: a loaded
/// database and a role that can only read it. Guaranteed: equal seed and number of customers give
/// equal bytes. The path is `people` (who there is), `rows` (what is known of them), `load`.
@NullMarked
package dev.remit.examples.crm;

import org.jspecify.annotations.NullMarked;
