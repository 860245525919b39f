package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.RefusedStatement;
import dev.remit.proxy.relay.RowsReply;
import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.state.ResultShape;
import dev.remit.proxy.state.SessionObjects;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrontendMessage;
import java.util.List;
import java.util.Optional;

/// SQL cursors: a DECLARE is a named portal at the source, FETCH and MOVE execute it.
final class CursorCommands {
  private final Session session;
  private final StatementRunner runner;

  CursorCommands(Session session, StatementRunner runner) {
    this.session = session;
    this.runner = runner;
  }

  /// @param text of the whole statement, to decide it anew at a later FETCH
  void declare(String text, PlannedStatement.DeclareCursor declare) {
    if (!session.state().isInBlock()) {
      throw new RemitException(
          ErrorCode.NO_ACTIVE_TRANSACTION, "DECLARE CURSOR can only be used in transaction blocks");
    }
    session.objects().requireFreePortal(declare.name());
    GovernedQuery query = declare.query();
    FrontendMessage.Bind bind =
        SourceSubmission.withResults(SourceSubmission.NO_PARAMETERS, declare.binary());
    session.withSource(source -> {
      SourceSubmission submission = session.submission();
      String name = submission.prepare(source, query, List.of(), false, false);
      SessionObjects.Portal portal =
          new SessionObjects.Portal(
              declare.name(),
              new SessionObjects.Prepared(
                  text,
                  List.of(),
                  declare,
                  StatementContexts.basis(session.state(), query.epoch()),
                  false,
                  new ResultShape(),
                  false),
              bind,
              Optional.of(query),
              true);
      submission.bind(source, query, name, portal.sourceName(), bind, false);
      session.objects().putPortal(portal);
      complete("DECLARE CURSOR");
    });
  }

  /// @param described whether the rows are preceded by their description
  void fetch(PlannedStatement.Fetch fetch, boolean described) {
    SessionObjects.Portal portal = cursor(fetch.cursor());
    GovernedQuery query = portal.query().orElseThrow();
    if (fetch.count() == 0) {
      complete(fetch.move() ? "MOVE 0" : "FETCH 0");
      return;
    }
    if (fetch.count() > Integer.MAX_VALUE) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, "FETCH takes at most " + Integer.MAX_VALUE + " rows");
    }
    if (portal.statement().basis().equals(session.basis())) {
      fetch(fetch, portal, query, described);
      return;
    }
    session.withPlan(
        portal.statement().text(),
        List.of(),
        plan -> {
          if (!(plan instanceof PlannedStatement.DeclareCursor(String _, boolean _, var now))
              || !ExtendedProtocol.sameDecision(now, query)) {
            throw changed(query);
          }
          SessionObjects.Portal renewed = renewed(portal, now);
          session.objects().putPortal(renewed);
          fetch(fetch, renewed, now, described);
        });
  }

  private SessionObjects.Portal renewed(SessionObjects.Portal portal, GovernedQuery query) {
    SessionObjects.Prepared old = portal.statement();
    return new SessionObjects.Portal(
        portal.name(),
        new SessionObjects.Prepared(
            old.text(),
            old.types(),
            old.plan(),
            StatementContexts.basis(session.state(), query.epoch()),
            old.lasting(),
            old.shape(),
            old.decidedAnew()),
        portal.bind(),
        Optional.of(query),
        portal.isCursor());
  }

  private void fetch(
      PlannedStatement.Fetch fetch,
      SessionObjects.Portal portal,
      GovernedQuery query,
      boolean described) {
    session.withSource(source -> {
      if (described && !fetch.move()) {
        session
            .submission()
            .describePortal(source, portal.sourceName(), portal.statement().shape());
      }
      session
          .submission()
          .execute(
              source,
              portal.sourceName(),
              (int) Math.max(0, fetch.count()),
              new RowsReply(
                  runner.intent(query, portal.bind()),
                  fetch.move() ? RowsReply.Form.MOVE : RowsReply.Form.FETCH));
    });
  }

  void close(PlannedStatement.CloseCursor close) {
    List<String> names =
        close
            .name()
            .map(name -> List.of(cursor(name).name()))
            .orElseGet(session.objects()::cursors);
    for (String name : names) {
      session
          .source()
          .ifPresent(source ->
              session
                  .submission()
                  .closePortal(source, SessionObjects.Portal.sourceName(name), false));
      session.objects().removePortal(name);
    }
    complete(close.name().isPresent() ? "CLOSE CURSOR" : "CLOSE CURSOR ALL");
  }

  /// The portal of a cursor that FETCH may read.
  SessionObjects.Portal cursor(String name) {
    return session
        .objects()
        .findPortal(name)
        .filter(portal -> portal.query().isPresent())
        .orElseThrow(() ->
            new RemitException(ErrorCode.UNKNOWN_CURSOR, "cursor \"" + name + "\" does not exist"));
  }

  /// @param query as it was decided when it was bound: what the record says of the refusal
  static RemitException changed(GovernedQuery query) {
    RemitException changed =
        new RemitException(
            ErrorCode.DECISION_CHANGED,
            "the decision on this statement has changed since it was bound; run it again");
    changed.initCause(RefusedStatement.of(query.access(), changed));
    return changed;
  }

  private void complete(String tag) {
    session.replies().answer(out -> BackendMessages.commandComplete(out, tag));
  }
}
