/// The rules of the house, kept by tests: which way imports point, how large things are, what is
/// documented.
@NullMarked
package dev.remit.server.house;

import org.jspecify.annotations.NullMarked;
