/// What every module's tests stand on: a real PostgreSQL and generated jOOQ code kept current.
@NullMarked
package dev.remit.platform.testing;

import org.jspecify.annotations.NullMarked;
