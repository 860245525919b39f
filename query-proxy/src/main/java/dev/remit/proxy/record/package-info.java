/// The access record: who asked what for which purpose, in the log before the first row.
///
/// Enters: a decided or refused statement. Leaves: `access.intent` and `access.outcome` entries;
/// one `access.session` entry for a statement that reaches no relation (SET, BEGIN, DECLARE, …).
/// Guaranteed: no literal of a statement and no value of a row is in either; rows that hold clear
/// personal data wait until their intent is durable; an intent without outcome counts as delivered.
@NullMarked
package dev.remit.proxy.record;

import org.jspecify.annotations.NullMarked;
