/// How fast does the log take durable records, beside bare inserts into the same server?
@NullMarked
package dev.remit.bench.evidence;

import org.jspecify.annotations.NullMarked;
