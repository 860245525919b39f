package dev.remit.proxy.session;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.record.Actor;
import dev.remit.proxy.state.DecisionBasis;
import dev.remit.proxy.state.SearchPath;
import dev.remit.proxy.state.SessionIdentity;
import dev.remit.proxy.state.SessionState;
import dev.remit.proxy.state.SettingCatalogue;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a session tells the planner, kept current: the principal is looked up again whenever
/// policy, principals or catalog have changed.
final class StatementContexts {
  private static final long NEVER = -1;

  private final ProxyEnvironment environment;
  private final SessionIdentity identity;
  private Principal principal;

  /// None at first: what the log-in found may have changed before the session was there.
  private long epoch = NEVER;

  private @Nullable StatementContext context;
  private @Nullable Actor actor;
  private String purpose = "";
  private String searchPath = "";

  StatementContexts(ProxyEnvironment environment, SessionIdentity identity) {
    this.environment = environment;
    this.identity = identity;
    this.principal = identity.principal();
  }

  /// Whether something has changed since the principal was looked up.
  private boolean isStale() {
    return environment.planner().epoch() != epoch;
  }

  /// Refuses whose token has expired since she logged in; a revoked one moves the epoch.
  void requireGoodLogin() {
    if (identity.ends().isPresent()
        && !environment.clock().instant().isBefore(identity.ends().get())) {
      throw new RemitException(
          ErrorCode.UNAUTHENTICATED, "the token has expired; log in with a new one");
    }
  }

  /// Looks the principal up again; fails when the user or the token is no more, or is another one
  /// of the same name.
  private Future<Principal> refresh() {
    long seen = environment.planner().epoch();
    return environment
        .blocking()
        .run(() ->
            environment
                .authenticator()
                .principal(identity.login())
                .filter(known -> isStillProven())
                .orElseThrow(() ->
                    new RemitException(
                        ErrorCode.UNAUTHENTICATED,
                        identity.ends().isPresent()
                            ? "the token is no longer good; log in with a new one"
                            : "this user was removed or added anew since the log-in; log in"
                                + " again")))
        .onSuccess(found -> {
          principal = found;
          epoch = seen;
          context = null;
        });
  }

  /// Whether what she logged in with is still what the name stands for.
  private boolean isStillProven() {
    return environment.authenticator().scramVerifier(identity.login()).equals(identity.proven());
  }

  /// Plans a text and goes on with the plan: at once when it is cached.
  void plan(Session session, String text, List<Long> types, Consumer<PlannedStatement> next) {
    if (isStale()) {
      session.await(refresh(), ignored -> plan(session, text, types, next));
      return;
    }
    StatementContext now = current(session.state(), types);
    PlannedStatement cached = environment.planner().cached(now, text);
    if (cached != null) {
      next.accept(cached);
      return;
    }
    session.await(environment.blocking().run(() -> environment.planner().plan(now, text)), next);
  }

  /// The context of a statement whose parameters have these declared types.
  private StatementContext current(SessionState state, List<Long> types) {
    StatementContext base = base(state);
    return types.isEmpty()
        ? base
        : new StatementContext(
            base.principal(), base.source(), base.purpose(), base.searchPath(), types);
  }

  /// What a statement decided at this moment is decided under.
  DecisionBasis basis(SessionState state) {
    return basis(state, environment.planner().epoch());
  }

  /// As [#basis], of a plan that was made under this epoch.
  static DecisionBasis basis(SessionState state, long epoch) {
    return new DecisionBasis(
        epoch, state.value(SettingCatalogue.PURPOSE), state.value(SettingCatalogue.SEARCH_PATH));
  }

  Actor actor(SessionState state) {
    StatementContext base = base(state);
    if (actor == null) {
      actor =
          new Actor(
              principal.name(),
              PolicyEngine.token(identity.login()),
              identity.source(),
              base.purpose(),
              identity.id(),
              identity.peer());
    }
    return actor;
  }

  private StatementContext base(SessionState state) {
    String nowPurpose = state.value(SettingCatalogue.PURPOSE);
    String nowPath = state.value(SettingCatalogue.SEARCH_PATH);
    if (context == null || !nowPurpose.equals(purpose) || !nowPath.equals(searchPath)) {
      purpose = nowPurpose;
      searchPath = nowPath;
      actor = null;
      context =
          new StatementContext(
              principal,
              identity.source(),
              nowPurpose.isEmpty() ? Optional.empty() : Optional.of(new PurposeCode(nowPurpose)),
              SearchPath.schemas(nowPath, principal.name()));
    }
    return context;
  }
}
