/// The way to a source: its address, its role, its fingerprint.
///
/// Enters: a registered address with its password. Leaves: a connection that can only read, or a
/// refusal that says what is wrong with the role and which SQL makes a proper one. Guaranteed: no
/// connection is handed out before the role was checked on it; no password in any message.
@NullMarked
package dev.remit.catalog.source;

import org.jspecify.annotations.NullMarked;
