/// Tests of governance files as people write them.
@NullMarked
package dev.remit.server.governance;

import org.jspecify.annotations.NullMarked;
