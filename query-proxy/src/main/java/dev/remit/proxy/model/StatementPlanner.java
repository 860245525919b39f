package dev.remit.proxy.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads statement texts and decides them. Implemented by the statement half, called by the
/// session.
public interface StatementPlanner {

  /// Splits a simple-protocol text at its top-level semicolons, without parsing it. A text that
  /// cannot be split is returned whole, to be refused by [#plan].
  List<String> split(String text);

  /// The cached plan of an equal normalised text under the current epoch, or null. Never blocks:
  /// may be called on the event loop.
  @Nullable PlannedStatement cached(StatementContext context, String text);

  /// Parses, resolves, decides and rewrites one statement. Blocking; call on a virtual thread.
  /// Refusals are `RemitException`s whose detail `position` is the 1-based position in the text.
  PlannedStatement plan(StatementContext context, String text);

  /// Grows with every change of policy, principal or catalog.
  long epoch();
}
