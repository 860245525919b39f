/// Second stage: Apache Ranger's engine, embedded, says which policies match a request.
///
/// Enters: policies in short or Ranger form, and requests in Remit's own terms. Leaves: access
/// verdicts and the obligations of every matching mask and filter policy. Guaranteed: nothing of
/// Ranger appears in a signature outside this package; a policy set that Ranger would read with an
/// open door is refused as a whole; no text of a mask or filter passes through Ranger's own
/// substitution.
@NullMarked
package dev.remit.policy.ranger;

import org.jspecify.annotations.NullMarked;
