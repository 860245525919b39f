package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.PlannedStatement.Transaction;
import dev.remit.proxy.state.SessionState;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.WireError;

/// BEGIN to ROLLBACK: run at the source in our own words, so that every transaction there is READ
/// COMMITTED READ ONLY.
///
/// What leads into a sound transaction (BEGIN, ROLLBACK TO, AND CHAIN) goes out when all before it
/// is answered: an error on its way from an earlier batch would else be taken for one of this
/// block.
final class TransactionCommands {
  private static final String BEGIN = "begin isolation level read committed read only";

  private final Session session;

  TransactionCommands(Session session) {
    this.session = session;
  }

  /// Whether the action leads out of a failed transaction.
  static boolean endsFailure(Transaction.Action action) {
    return switch (action) {
      case COMMIT, ROLLBACK, ROLLBACK_TO, COMMIT_AND_CHAIN, ROLLBACK_AND_CHAIN -> true;
      case BEGIN, SAVEPOINT, RELEASE, SET_MODES -> false;
    };
  }

  void run(Transaction transaction) {
    SessionState state = session.state();
    switch (transaction.action()) {
      case BEGIN -> begin();
      case COMMIT -> end(!state.hasFailed(), false);
      case ROLLBACK -> end(false, false);
      case COMMIT_AND_CHAIN -> session.settled(() -> end(!state.hasFailed(), true));
      case ROLLBACK_AND_CHAIN -> session.settled(() -> end(false, true));
      case SAVEPOINT, RELEASE, ROLLBACK_TO -> savepoint(transaction);
      case SET_MODES -> complete("SET");
    }
  }

  private void begin() {
    if (session.state().isInBlock()) {
      warn("25001", "there is already a transaction in progress");
      complete("BEGIN");
      return;
    }
    session.settled(() ->
        session.withSource(source -> {
          session.submission().command(source, BEGIN);
          session.state().begin();
        }));
  }

  private void end(boolean commit, boolean chain) {
    SessionState state = session.state();
    if (!state.isInBlock()) {
      if (chain) {
        throw outside(commit ? "COMMIT AND CHAIN" : "ROLLBACK AND CHAIN");
      }
      warn("25P01", "there is no transaction in progress");
      complete(commit ? "COMMIT" : "ROLLBACK");
      return;
    }
    if (commit) {
      state.commit();
    } else {
      state.rollback();
    }
    if (session.source().isEmpty()) {
      complete("ROLLBACK");
      return;
    }
    UpstreamConnection source = session.source().get();
    source.applied(null);
    session.submission().command(source, commit ? "commit" : "rollback");
    session.objects().transactionEnded();
    if (chain) {
      session.submission().silentCommand(source, BEGIN);
      state.begin();
    }
  }

  private void savepoint(Transaction transaction) {
    SessionState state = session.state();
    String name = transaction.savepoint().orElseThrow();
    if (!state.isInBlock()) {
      throw outside(transaction.action().name().replace('_', ' '));
    }
    if (transaction.action() != Transaction.Action.SAVEPOINT && !state.hasSavepoint(name)) {
      throw new RemitException(
          ErrorCode.UNKNOWN_SAVEPOINT, "savepoint \"" + name + "\" does not exist");
    }
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    switch (transaction.action()) {
      case SAVEPOINT -> {
        UpstreamConnection source = held();
        state.savepoint(name);
        session.submission().command(source, "savepoint " + quoted);
      }
      case RELEASE -> {
        UpstreamConnection source = held();
        state.release(name);
        session.submission().command(source, "release savepoint " + quoted);
      }
      case ROLLBACK_TO ->
          session.settled(() -> {
            UpstreamConnection source = held();
            state.rollbackTo(name);
            source.applied(null);
            session.submission().command(source, "rollback to savepoint " + quoted);
          });
      case BEGIN, COMMIT, ROLLBACK, COMMIT_AND_CHAIN, ROLLBACK_AND_CHAIN, SET_MODES ->
          throw new IllegalStateException("not a savepoint command");
    }
  }

  /// The connection that holds the open transaction, even a failed one.
  private UpstreamConnection held() {
    return session.source().orElseThrow(StatementRunner::failedTransaction);
  }

  private static RemitException outside(String command) {
    return new RemitException(
        ErrorCode.NO_ACTIVE_TRANSACTION, command + " can only be used in transaction blocks");
  }

  private void warn(String sqlState, String message) {
    WireError warning = new WireError("WARNING", sqlState, message, 0);
    session.replies().answer(out -> BackendMessages.error(out, warning));
  }

  private void complete(String tag) {
    session.replies().answer(out -> BackendMessages.commandComplete(out, tag));
  }
}
