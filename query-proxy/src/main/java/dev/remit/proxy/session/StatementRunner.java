package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.copy.CopyEncoder;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.record.AccessRecord;
import dev.remit.proxy.relay.CopyReply;
import dev.remit.proxy.relay.RowsReply;
import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.state.BoundValues;
import dev.remit.proxy.state.PrepareTypes;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.state.SessionObjects;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.sql.Tokens;
import dev.remit.sql.model.text.Lexeme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What each kind of planned statement means for the session: rows from the source, or an answer of
/// our own.
final class StatementRunner {
  private final Session session;
  private final SettingCommands settings;
  private final TransactionCommands transactions;
  private final CursorCommands cursors;

  StatementRunner(Session session) {
    this.session = session;
    this.settings = new SettingCommands(session);
    this.transactions = new TransactionCommands(session);
    this.cursors = new CursorCommands(session, this);
  }

  static RemitException failedTransaction() {
    return new RemitException(
        ErrorCode.FAILED_TRANSACTION,
        "current transaction is aborted, commands ignored until end of transaction block");
  }

  /// Brings a borrowed connection to this session's settings when they differ.
  void applySettings(UpstreamConnection source) {
    settings.apply(source);
  }

  /// Inside a failed transaction only its end is let through.
  void requireUsable(PlannedStatement plan) {
    if (session.state().hasFailed() && session.state().isInBlock()) {
      boolean ends =
          plan instanceof PlannedStatement.Empty
              || (plan instanceof PlannedStatement.Transaction transaction
                  && TransactionCommands.endsFailure(transaction.action()));
      if (!ends) {
        throw failedTransaction();
      }
    }
  }

  /// Runs one statement of a Query message: all rows, in text, with their description.
  void runSimple(String text, PlannedStatement plan) {
    requireUsable(plan);
    switch (plan) {
      case PlannedStatement.Query(GovernedQuery query) -> {
        requireNoParameters(text, query);
        runQuery(text, query, List.of(), SourceSubmission.NO_PARAMETERS, Optional.empty());
      }
      case PlannedStatement.CopyOut copy -> runCopy(text, copy);
      case PlannedStatement.ExecutePrepared execute -> executePrepared(execute, Optional.empty());
      case PlannedStatement.Fetch fetch -> cursors.fetch(fetch, true);
      case PlannedStatement.Own own -> runOwn(text, own, true);
    }
  }

  /// A Query message brings no values.
  private static void requireNoParameters(String text, GovernedQuery query) {
    if (query.clientParameters() == 0) {
      return;
    }
    for (Lexeme lexeme : Tokens.scan(text)) {
      if (lexeme.kind() == Lexeme.Kind.PARAMETER) {
        throw new RemitException(
            ErrorCode.UNDEFINED_PARAMETER,
            "there is no parameter $" + lexeme.text(),
            Map.of("position", Integer.toString(lexeme.position())));
      }
    }
  }

  /// Runs a query from Parse to its last row. Should it have been decided anew while a connection
  /// was waited for, the new decision holds.
  ///
  /// @param text what it was planned from
  /// @param told the description the client has, which must still hold; empty in the simple
  ///   protocol, which tells it now
  private void runQuery(
      String text,
      GovernedQuery query,
      List<Long> types,
      FrontendMessage.Bind bind,
      Optional<ResultShape> told) {
    session.withSource(source -> {
      if (isOutdated(query)) {
        session.withPlan(text, types, plan -> runQuery(text, queryOf(plan), types, bind, told));
        return;
      }
      SourceSubmission submission = session.submission();
      String name = submission.prepare(source, query, types, false, false);
      told.filter(ResultShape::isKnown)
          .ifPresent(shape -> submission.requireShape(source, name, shape));
      submission.bind(source, query, name, "", bind, false);
      if (told.isEmpty()) {
        submission.describePortal(source, "", new ResultShape());
      }
      submission.execute(source, "", 0, new RowsReply(intent(query, bind), RowsReply.Form.SELECT));
    });
  }

  /// The query of a text that was one when it was planned before.
  private static GovernedQuery queryOf(PlannedStatement plan) {
    if (plan instanceof PlannedStatement.Query(GovernedQuery query)) {
      return query;
    }
    throw changedKind();
  }

  private static IllegalStateException changedKind() {
    return new IllegalStateException("a text is planned as another kind of statement than before");
  }

  private boolean isOutdated(GovernedQuery query) {
    return query.epoch() != session.environment().planner().epoch();
  }

  /// Runs a query and tells its rows as CopyData, by the decision that holds when it runs.
  private void runCopy(String text, PlannedStatement.CopyOut copy) {
    CopyEncoder encoder = CopyEncoder.of(copy.options());
    FrontendMessage.Bind bind =
        SourceSubmission.withResults(SourceSubmission.NO_PARAMETERS, encoder.isBinary());
    session.withSource(source -> {
      if (isOutdated(copy.query())) {
        session.withPlan(
            text,
            List.of(),
            plan -> {
              if (!(plan instanceof PlannedStatement.CopyOut renewed)) {
                throw changedKind();
              }
              runCopy(text, renewed);
            });
        return;
      }
      session
          .submission()
          .copy(source, copy.query(), bind, new CopyReply(intent(copy.query(), bind), encoder));
    });
  }

  /// Executes a portal of the extended protocol.
  void runPortal(SessionObjects.Portal portal, int maximumRows) {
    PlannedStatement plan = portal.statement().plan();
    requireUsable(plan);
    switch (plan) {
      case PlannedStatement.Query ignored -> execute(portal, maximumRows);
      case PlannedStatement.Fetch fetch -> cursors.fetch(fetch, false);
      case PlannedStatement.CopyOut copy -> runCopy(portal.statement().text(), copy);
      case PlannedStatement.ExecutePrepared execute ->
          executePrepared(execute, Optional.of(portal.statement().shape()));
      case PlannedStatement.Own own -> runOwn(portal.statement().text(), own, false);
    }
  }

  private void execute(SessionObjects.Portal portal, int maximumRows) {
    GovernedQuery query = portal.query().orElseThrow();
    session.withSource(source ->
        session
            .submission()
            .execute(
                source,
                portal.sourceName(),
                maximumRows,
                new RowsReply(intent(query, portal.bind()), RowsReply.Form.SELECT)));
  }

  /// Appends the intent of a query that is about to run with these parameters.
  AccessRecord intent(GovernedQuery query, FrontendMessage.Bind bind) {
    return session
        .environment()
        .recorder()
        .intent(session.actor(), query.access(), number -> BoundValues.of(bind, number));
  }

  /// Statements that are answered here, or by a constant command of ours at the source.
  private void runOwn(String text, PlannedStatement.Own plan, boolean described) {
    String command = SessionWords.of(plan);
    if (command.isEmpty()) {
      answerOwn(text, plan, described);
    } else {
      whenRecorded(
          session.environment().recorder().session(session.actor(), command),
          () -> answerOwn(text, plan, described));
    }
  }

  /// Goes on once the record of a statement without rows lets its answer pass.
  private void whenRecorded(AccessRecord noted, Runnable next) {
    if (!noted.mayPass()) {
      session.await(noted.decided(), ignored -> whenRecorded(noted, next));
      return;
    }
    noted
        .problem()
        .ifPresent(problem -> {
          throw problem;
        });
    next.run();
  }

  private void answerOwn(String text, PlannedStatement.Own plan, boolean described) {
    switch (plan) {
      case PlannedStatement.Empty ignored ->
          session.replies().answer(out -> BackendMessages.empty(out, 'I'));
      case PlannedStatement.Unlisten ignored ->
          session.replies().answer(out -> BackendMessages.commandComplete(out, "UNLISTEN"));
      case PlannedStatement.SetSetting set -> settings.set(set, described);
      case PlannedStatement.ShowSetting show -> settings.show(show, described);
      case PlannedStatement.ResetSetting reset -> settings.reset(reset);
      case PlannedStatement.Discard discard -> settings.discard(discard);
      case PlannedStatement.Transaction transaction -> transactions.run(transaction);
      case PlannedStatement.Prepare prepare -> prepare(prepare);
      case PlannedStatement.Deallocate deallocate -> deallocate(deallocate);
      case PlannedStatement.DeclareCursor declare -> cursors.declare(text, declare);
      case PlannedStatement.CloseCursor close -> cursors.close(close);
    }
  }

  private void prepare(PlannedStatement.Prepare prepare) {
    session.objects().requireFreeStatement(prepare.name());
    session.withPlan(
        prepare.body(),
        PrepareTypes.oids(prepare),
        plan -> {
          if (!(plan instanceof PlannedStatement.Query)) {
            throw new RemitException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "only queries can be prepared by PREPARE");
          }
          List<Long> types = PrepareTypes.oids(prepare);
          session
              .objects()
              .putStatement(
                  prepare.name(),
                  ExtendedProtocol.prepared(session, prepare.body(), types, plan, true));
          complete("PREPARE");
        });
  }

  /// Tells what an EXECUTE will show: the rows of the query that was prepared.
  void describePrepared(PlannedStatement.ExecutePrepared execute, ResultShape shape) {
    SessionObjects.Prepared prepared = session.objects().statement(execute.name());
    requireQuery(prepared.plan());
    session.withPlan(
        prepared.text(),
        prepared.types(),
        plan -> {
          GovernedQuery query = queryOf(plan);
          session.withSource(source -> {
            String name =
                session.submission().prepare(source, query, prepared.types(), false, false);
            session.submission().describeRows(source, name, shape);
          });
        });
  }

  private void executePrepared(
      PlannedStatement.ExecutePrepared execute, Optional<ResultShape> told) {
    SessionObjects.Prepared prepared = session.objects().statement(execute.name());
    requireQuery(prepared.plan());
    Consumer<PlannedStatement> run =
        plan -> {
          GovernedQuery query = queryOf(plan);
          if (query.clientParameters() != execute.arguments().size()) {
            throw new RemitException(
                ErrorCode.SYNTAX_ERROR,
                "wrong number of parameters for prepared statement \"" + execute.name() + "\"");
          }
          runQuery(
              prepared.text(),
              query,
              prepared.types(),
              SourceSubmission.bindOf(execute.arguments()),
              told);
        };
    session.withPlan(prepared.text(), prepared.types(), run);
  }

  /// What Parse has prepared may be no query.
  private static void requireQuery(PlannedStatement plan) {
    if (!(plan instanceof PlannedStatement.Query)) {
      throw new RemitException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "EXECUTE runs prepared queries only");
    }
  }

  private void deallocate(PlannedStatement.Deallocate deallocate) {
    if (deallocate.name().isEmpty()) {
      session.objects().removeStatements();
      complete("DEALLOCATE ALL");
      return;
    }
    String name = deallocate.name().get();
    if (!session.objects().hasStatement(name)) {
      throw new RemitException(
          ErrorCode.UNKNOWN_PREPARED_STATEMENT,
          "prepared statement \"" + name + "\" does not exist");
    }
    session.objects().removeStatement(name);
    complete("DEALLOCATE");
  }

  private void complete(String tag) {
    session.replies().answer(out -> BackendMessages.commandComplete(out, tag));
  }
}
