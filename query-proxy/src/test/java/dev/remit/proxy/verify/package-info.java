/// Tests of the second look at every emitted statement.
@NullMarked
package dev.remit.proxy.verify;

import org.jspecify.annotations.NullMarked;
