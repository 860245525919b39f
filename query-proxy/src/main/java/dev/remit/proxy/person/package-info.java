/// Which persons a statement is about, as far as it names them by their subject keys.
///
/// Enters: a resolved statement, later the parameters of one run of it. Leaves: keyed digests for
/// the access record. Guaranteed: a person is named only if the statement's conditions restrict the
/// rows of a table to hers; no value leaves but as a digest.
@NullMarked
package dev.remit.proxy.person;

import org.jspecify.annotations.NullMarked;
