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
/// @param parameterTypes type OIDs that the client's Parse message gave, 0 = left to PostgreSQL;
///   may be shorter or longer than the parameters the text uses. Upstream, send only as many as
///   [GovernedQuery#clientParameters], so that none of them types a policy value
public record StatementContext(
    Principal principal,
    SourceName source,
    Optional<PurposeCode> purpose,
    List<String> searchPath,
    List<Long> parameterTypes) {
  public StatementContext {
    searchPath = List.copyOf(searchPath);
    parameterTypes = List.copyOf(parameterTypes);
  }

  /// A statement whose parameters, if any, have no declared types.
  public StatementContext(
      Principal principal,
      SourceName source,
      Optional<PurposeCode> purpose,
      List<String> searchPath) {
    this(principal, source, purpose, searchPath, List.of());
  }
}
