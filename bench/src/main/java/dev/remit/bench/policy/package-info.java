/// How long a policy decision takes.
@NullMarked
package dev.remit.bench.policy;

import org.jspecify.annotations.NullMarked;
