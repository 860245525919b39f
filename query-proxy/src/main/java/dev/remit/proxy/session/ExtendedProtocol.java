package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.state.DecisionBasis;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.state.SessionObjects;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.proxy.wire.FrontendMessages;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Parse, Bind, Describe, Execute, Close.
///
/// Statements are planned at Parse and again, when what they were decided under has changed, at
/// Bind; a portal whose decision changed between Bind and Execute ends with 55000.
final class ExtendedProtocol {
  private final Session session;
  private final StatementRunner runner;

  ExtendedProtocol(Session session, StatementRunner runner) {
    this.session = session;
    this.runner = runner;
  }

  void take(FrontendMessage message) {
    switch (message) {
      case FrontendMessage.Parse parse -> parse(parse);
      case FrontendMessage.Bind bind -> bind(bind);
      case FrontendMessage.Describe describe -> describe(describe);
      case FrontendMessage.Execute execute -> execute(execute);
      case FrontendMessage.Close close -> close(close);
      case FrontendMessage.Flush _ ->
          session.source().ifPresent(source -> FrontendMessages.flush(source.out()));
      case FrontendMessage.FunctionCall _ ->
          // Answered whole, as a simple query is: no Sync follows.
          session.refuseMessage(
              true,
              new RemitException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  "the function call message is refused; use SELECT function(…)"));
      case FrontendMessage.Query _,
          FrontendMessage.Sync _,
          FrontendMessage.Terminate _,
          FrontendMessage.CopyRemainder _ ->
          throw new IllegalStateException("not of the extended protocol");
    }
  }

  private void parse(FrontendMessage.Parse parse) {
    session.handles(parse.text());
    session.objects().requireFreeStatement(parse.statement());
    boolean lasting = !parse.statement().isEmpty();
    session.withPlan(
        parse.text(),
        parse.parameterTypes(),
        plan -> {
          runner.requireUsable(plan);
          SessionObjects.Prepared statement =
              prepared(session, parse.text(), parse.parameterTypes(), plan, lasting);
          Optional<GovernedQuery> query = queryOf(plan);
          if (query.isEmpty()) {
            session.objects().putStatement(parse.statement(), statement);
            session.replies().answer(out -> BackendMessages.empty(out, '1'));
            return;
          }
          session.withSource(source -> {
            session
                .submission()
                .prepare(source, query.get(), parse.parameterTypes(), lasting, true);
            session.objects().putStatement(parse.statement(), statement);
          });
        });
  }

  private void bind(FrontendMessage.Bind bind) {
    session.objects().requireFreePortal(bind.portal());
    withCurrent(bind.statement(), statement -> bind(bind, statement));
  }

  private void describe(FrontendMessage.Describe describe) {
    switch (describe.target()) {
      case STATEMENT -> withCurrent(describe.name(), this::describeStatement);
      case PORTAL -> describePortal(session.objects().portal(describe.name()));
    }
  }

  private void execute(FrontendMessage.Execute execute) {
    SessionObjects.Portal portal = session.objects().portal(execute.portal());
    session.handles(portal.statement().text());
    Optional<GovernedQuery> bound = portal.query().or(() -> queryOf(portal.statement().plan()));
    if (bound.isEmpty() || portal.statement().basis().equals(session.basis())) {
      runner.runPortal(portal, execute.maximumRows());
      return;
    }
    SessionObjects.Prepared statement = portal.statement();
    session.withPlan(
        statement.text(),
        statement.types(),
        plan -> {
          Optional<GovernedQuery> now = queryOf(plan);
          if (now.isEmpty() || !sameDecision(now.get(), bound.get())) {
            closeAtSource(portal);
            throw CursorCommands.changed(bound.get());
          }
          SessionObjects.Portal renewed =
              new SessionObjects.Portal(
                  portal.name(),
                  renewed(statement, plan),
                  portal.bind(),
                  portal.query().isPresent() ? now : Optional.empty(),
                  portal.isCursor());
          session.objects().putPortal(renewed);
          runner.runPortal(renewed, execute.maximumRows());
        });
  }

  private void close(FrontendMessage.Close close) {
    switch (close.target()) {
      case STATEMENT -> session.objects().removeStatement(close.name());
      case PORTAL -> {
        Optional<SessionObjects.Portal> portal = session.objects().findPortal(close.name());
        portal.ifPresent(this::closeAtSource);
        session.objects().removePortal(close.name());
      }
    }
    session.replies().answer(out -> BackendMessages.empty(out, '3'));
  }

  private void closeAtSource(SessionObjects.Portal portal) {
    if (portal.query().isPresent()) {
      session
          .source()
          .ifPresent(
              source -> session.submission().closePortal(source, portal.sourceName(), false));
    }
  }

  /// The statement, planned anew when policy, principals or catalog have changed.
  private void withCurrent(String name, Consumer<SessionObjects.Prepared> next) {
    SessionObjects.Prepared statement = session.objects().statement(name);
    session.handles(statement.text());
    if (queryOf(statement.plan()).isEmpty() || statement.basis().equals(session.basis())) {
      next.accept(statement);
      return;
    }
    session.withPlan(
        statement.text(),
        statement.types(),
        plan -> {
          SessionObjects.Prepared renewed = renewed(statement, plan);
          session.objects().putStatement(name, renewed);
          next.accept(renewed);
        });
  }

  private void bind(FrontendMessage.Bind bind, SessionObjects.Prepared statement) {
    runner.requireUsable(statement.plan());
    Optional<GovernedQuery> query =
        statement.plan() instanceof PlannedStatement.Query(GovernedQuery governed)
            ? Optional.of(governed)
            : Optional.empty();
    SessionObjects.Portal portal =
        new SessionObjects.Portal(bind.portal(), statement, bind, query, false);
    if (query.isEmpty()) {
      session.objects().putPortal(portal);
      session.replies().answer(out -> BackendMessages.empty(out, '2'));
      return;
    }
    session.withSource(source -> {
      SourceSubmission submission = session.submission();
      String name =
          submission.prepare(source, query.get(), statement.types(), statement.lasting(), false);
      if (statement.decidedAnew() && statement.shape().isKnown()) {
        submission.requireShape(source, name, statement.shape());
      }
      submission.bind(source, query.get(), name, portal.sourceName(), bind, true);
      session.objects().putPortal(portal);
    });
  }

  private void describeStatement(SessionObjects.Prepared statement) {
    Optional<GovernedQuery> query = queryOf(statement.plan());
    if (query.isPresent() && statement.plan() instanceof PlannedStatement.Query) {
      session.withSource(source -> {
        String name =
            session
                .submission()
                .prepare(source, query.get(), statement.types(), statement.lasting(), false);
        session
            .submission()
            .describeStatement(source, name, query.get().clientParameters(), statement.shape());
      });
      return;
    }
    session.replies().answer(out -> BackendMessages.parameterDescription(out, List.of()));
    describeOwn(statement);
  }

  private void describePortal(SessionObjects.Portal portal) {
    if (portal.query().isPresent()) {
      session.withSource(source ->
          session
              .submission()
              .describePortal(source, portal.sourceName(), portal.statement().shape()));
    } else {
      describeOwn(portal.statement());
    }
  }

  private void describeOwn(SessionObjects.Prepared statement) {
    PlannedStatement plan = statement.plan();
    switch (plan) {
      case PlannedStatement.ShowSetting show -> {
        List<String> columns = SettingCommands.columns(show);
        session.replies().answer(out -> BackendMessages.textColumns(out, columns));
      }
      case PlannedStatement.SetSetting set when set.asRow() ->
          session
              .replies()
              .answer(out -> BackendMessages.textColumns(out, List.of(SettingCommands.CALL)));
      case PlannedStatement.Fetch fetch when !fetch.move() ->
          describePortal(session.objects().portal(fetch.cursor()));
      case PlannedStatement.ExecutePrepared execute ->
          runner.describePrepared(execute, statement.shape());
      case PlannedStatement.Own _,
          PlannedStatement.Fetch _,
          PlannedStatement.Query _,
          PlannedStatement.CopyOut _ ->
          session.replies().answer(out -> BackendMessages.empty(out, 'n'));
    }
  }

  /// What a session keeps of a statement that was prepared, by message or by SQL.
  static SessionObjects.Prepared prepared(
      Session session, String text, List<Long> types, PlannedStatement plan, boolean lasting) {
    DecisionBasis basis =
        queryOf(plan)
            .map(query -> StatementContexts.basis(session.state(), query.epoch()))
            .orElseGet(session::basis);
    return new SessionObjects.Prepared(text, types, plan, basis, lasting, new ResultShape(), false);
  }

  private SessionObjects.Prepared renewed(SessionObjects.Prepared old, PlannedStatement plan) {
    SessionObjects.Prepared fresh = prepared(session, old.text(), old.types(), plan, old.lasting());
    boolean sameText =
        queryOf(plan).map(GovernedQuery::sql).equals(queryOf(old.plan()).map(GovernedQuery::sql));
    return new SessionObjects.Prepared(
        old.text(),
        old.types(),
        plan,
        fresh.basis(),
        old.lasting(),
        old.shape(),
        old.decidedAnew() || !sameText);
  }

  private static Optional<GovernedQuery> queryOf(PlannedStatement plan) {
    return switch (plan) {
      case PlannedStatement.Query(GovernedQuery query) -> Optional.of(query);
      case PlannedStatement.CopyOut copy -> Optional.of(copy.query());
      case PlannedStatement.DeclareCursor declare -> Optional.of(declare.query());
      case PlannedStatement.Own _, PlannedStatement.Fetch _, PlannedStatement.ExecutePrepared _ ->
          Optional.empty();
    };
  }

  static boolean sameDecision(GovernedQuery one, GovernedQuery other) {
    return one.sql().equals(other.sql()) && one.policyValues().equals(other.policyValues());
  }
}
