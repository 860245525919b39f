/// First stage: a policy as people write it becomes a value.
///
/// Enters: one element of a `policies:` section, as JSON tree. Leaves: [ShortPolicy], with every
/// name, pattern and mask checked for form. Guaranteed: an unknown key, a missing purpose or an
/// empty list is refused with the place where it stands.
@NullMarked
package dev.remit.policy.rules;

import org.jspecify.annotations.NullMarked;
