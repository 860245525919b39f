/// What a session remembers between messages: settings, transaction, statements, portals.
///
/// Enters: what was submitted and what the source answered. Leaves: the values in force.
/// Guaranteed: everything here is bounded, and follows the transaction it was set in.
@NullMarked
package dev.remit.proxy.state;

import org.jspecify.annotations.NullMarked;
