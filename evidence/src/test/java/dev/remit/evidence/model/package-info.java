/// Tests of the values: tree, notes, checkpoints.
@NullMarked
package dev.remit.evidence.model;

import org.jspecify.annotations.NullMarked;
