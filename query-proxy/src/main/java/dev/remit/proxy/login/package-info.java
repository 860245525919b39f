/// Who is at the other end: SCRAM-SHA-256, throttling, startup options.
///
/// Enters: a user name and the client's SCRAM messages. Leaves: a principal, or a refusal that does
/// not say whether the user exists. Guaranteed: an unknown user meets the same exchange, message by
/// message and computation by computation, as one with a wrong password.
@NullMarked
package dev.remit.proxy.login;

import org.jspecify.annotations.NullMarked;
