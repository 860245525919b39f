/// Tests of the stage that makes batches durable.
@NullMarked
package dev.remit.evidence.sequence;

import org.jspecify.annotations.NullMarked;
