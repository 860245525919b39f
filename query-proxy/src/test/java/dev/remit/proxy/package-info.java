/// The proxy before real clients: protocol behaviour over a real PostgreSQL.
@NullMarked
package dev.remit.proxy;

import org.jspecify.annotations.NullMarked;
