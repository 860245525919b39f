/// What an operator may set: one `remit.yaml`, overridden by the environment.
///
/// Enters: YAML text and environment variables. Leaves: one immutable
/// [dev.remit.platform.config.RemitConfiguration] with every default filled in. Guaranteed: a key
/// that is not known, a value that does not fit and a variable that is not set are refused by name;
/// nothing is guessed.
@NullMarked
package dev.remit.platform.config;

import org.jspecify.annotations.NullMarked;
