/// Tests of the session's state machine, step by step, with a scripted source.
@NullMarked
package dev.remit.proxy.session;

import org.jspecify.annotations.NullMarked;
