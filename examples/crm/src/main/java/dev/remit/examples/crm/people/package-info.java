/// Who there is: invented people, each a pure function of the seed and a number.
///
/// Enters: a seed and how many. Leaves: a [dev.remit.examples.crm.people.Population]. Guaranteed:
/// no person exists (names are combined by chance; mail domains, card and phone ranges are reserved
/// for examples where such a range exists).
@NullMarked
package dev.remit.examples.crm.people;

import org.jspecify.annotations.NullMarked;
