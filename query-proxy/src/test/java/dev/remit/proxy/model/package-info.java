/// Tests of the records that the stages of the proxy hand on.
@NullMarked
package dev.remit.proxy.model;

import org.jspecify.annotations.NullMarked;
