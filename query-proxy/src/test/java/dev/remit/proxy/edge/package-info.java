/// Tests of the clients' sockets.
@NullMarked
package dev.remit.proxy.edge;

import org.jspecify.annotations.NullMarked;
