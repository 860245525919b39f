/// Text, seen from both ends: the words of what was read, and what was written with its origins.
///
/// Enters: nothing; these are values. Leaves: places counted as PostgreSQL counts them, in
/// characters from 1. Guaranteed: immutable.
@NullMarked
package dev.remit.sql.model.text;

import org.jspecify.annotations.NullMarked;
