/// Tests of the leaf's form.
@NullMarked
package dev.remit.evidence.leaf;

import org.jspecify.annotations.NullMarked;
