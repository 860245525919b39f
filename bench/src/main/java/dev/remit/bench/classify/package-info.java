/// How fast is classification?
@NullMarked
package dev.remit.bench.classify;

import org.jspecify.annotations.NullMarked;
