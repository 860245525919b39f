/// Who asks, what is decided, and why.
///
/// Enters and leaves through [dev.remit.policy.PolicyEngine]. Guaranteed: an expression in a
/// decision was parsed by our own grammar and carries every value bound, never as text.
@NullMarked
package dev.remit.policy.model;

import org.jspecify.annotations.NullMarked;
