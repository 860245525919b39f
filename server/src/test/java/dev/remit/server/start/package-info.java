/// What must hold before Remit opens.
@NullMarked
package dev.remit.server.start;

import org.jspecify.annotations.NullMarked;
