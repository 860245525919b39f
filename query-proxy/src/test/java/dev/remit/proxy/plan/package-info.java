/// Tests of the statement half on a real PostgreSQL: golden scripts, attacks, differentials.
@NullMarked
package dev.remit.proxy.plan;

import org.jspecify.annotations.NullMarked;
