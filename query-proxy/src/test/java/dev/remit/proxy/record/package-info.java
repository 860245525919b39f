/// Tests of the access record.
@NullMarked
package dev.remit.proxy.record;

import org.jspecify.annotations.NullMarked;
