/// Whole stories over a running Remit and real clients: what a person of each role sees, and how a
/// change of policy reaches a connection that is open already.
@NullMarked
package dev.remit.server.story;

import org.jspecify.annotations.NullMarked;
