/// A governed stack for tests of the whole: sources, policies and users set up by the commands a
/// person would type.
///
/// Enters: databases and governance files. Leaves: connections through the proxy. Guaranteed:
/// nothing reaches into the product past its commands and its two ports.
@NullMarked
package dev.remit.server.testing;

import org.jspecify.annotations.NullMarked;
