/// What the two halves of the proxy tell each other: the session asks for a plan, the statement
/// half answers with one.
///
/// Guaranteed: a governed query holds qualified names only and reaches base relations only through
/// governed tables.
@NullMarked
package dev.remit.proxy.model;

import org.jspecify.annotations.NullMarked;
