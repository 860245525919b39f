/// What the tests of this module stand on: keys in memory, relations read from a real PostgreSQL.
@NullMarked
package dev.remit.policy.testing;

import org.jspecify.annotations.NullMarked;
