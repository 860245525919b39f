/// Tests of the pool's own rules, without a source.
@NullMarked
package dev.remit.proxy.upstream;

import org.jspecify.annotations.NullMarked;
