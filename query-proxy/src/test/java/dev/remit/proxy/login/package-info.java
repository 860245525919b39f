/// Tests of the log-in.
@NullMarked
package dev.remit.proxy.login;

import org.jspecify.annotations.NullMarked;
