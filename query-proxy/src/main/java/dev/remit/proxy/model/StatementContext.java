package dev.remit.proxy.model;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.SourceName;
import dev.remit.policy.model.Principal;
import java.util.List;
import java.util.Optional;

/// What the session tells the planner beside the statement's text.
///
/// @param purpose empty when none is declared yet: every table is then refused with
///   PURPOSE_REQUIRED
/// @param searchPath the session's virtual search path, without `pg_catalog`, which always comes
///   first
public record StatementContext(
    Principal principal,
    SourceName source,
    Optional<PurposeCode> purpose,
    List<String> searchPath) {
  public StatementContext {
    searchPath = List.copyOf(searchPath);
  }
}
