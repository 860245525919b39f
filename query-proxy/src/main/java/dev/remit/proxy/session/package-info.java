/// What a logged-in client's messages mean: planned, submitted, refused; settings, transactions,
/// cursors.
///
/// Enters: messages of one client. Leaves: submissions to a borrowed connection. Guaranteed: no
/// text of a client is ever sent to a source; every path to rows goes through the planner and the
/// access record.
@NullMarked
package dev.remit.proxy.session;

import org.jspecify.annotations.NullMarked;
