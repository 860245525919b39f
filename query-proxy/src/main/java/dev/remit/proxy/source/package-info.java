/// What must be asked of the source itself, because it differs by version and installation: its
/// leakproof operators, its types, its catalog's columns.
///
/// Enters: a connection to the source. Leaves: [dev.remit.proxy.source.SourceFacts], immutable.
/// Guaranteed: what the source did not say is treated as unsafe.
@NullMarked
package dev.remit.proxy.source;

import org.jspecify.annotations.NullMarked;
