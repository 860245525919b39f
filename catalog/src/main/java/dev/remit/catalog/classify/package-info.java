/// What does a column hold? Suggestions for people to confirm.
///
/// Enters: a column's name, type, comment and a few sampled values. Leaves: tags of the default
/// taxonomy with confidence and reason, by [dev.remit.catalog.classify.Classifier]. Guaranteed: no
/// sampled value is kept, and none is repeated in a reason.
@NullMarked
package dev.remit.catalog.classify;

import org.jspecify.annotations.NullMarked;
