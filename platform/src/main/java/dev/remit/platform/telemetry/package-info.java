/// Numbers about the running process, in Prometheus' text format.
///
/// Enters: meters registered by every module. Leaves: one scrape. Guaranteed: no label carries a
/// value of governed data.
@NullMarked
package dev.remit.platform.telemetry;

import org.jspecify.annotations.NullMarked;
