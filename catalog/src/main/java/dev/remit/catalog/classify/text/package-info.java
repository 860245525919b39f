/// Where in running text does personal data stand?
///
/// Enters: any text. Leaves: [dev.remit.catalog.classify.text.Span]s. Guaranteed: one pass, time
/// linear in the text whatever it holds, nothing kept.
@NullMarked
package dev.remit.catalog.classify.text;

import org.jspecify.annotations.NullMarked;
