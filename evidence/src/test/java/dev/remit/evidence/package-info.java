/// Tests of the log as a whole, through its façade.
@NullMarked
package dev.remit.evidence;

import org.jspecify.annotations.NullMarked;
