package dev.remit.proxy.session;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.AccessSummary;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.record.AccessRecord;
import dev.remit.proxy.record.Actor;
import dev.remit.proxy.relay.ClientOutput;
import dev.remit.proxy.relay.Replies;
import dev.remit.proxy.relay.SourceSubmission;
import dev.remit.proxy.state.DecisionBasis;
import dev.remit.proxy.state.SessionIdentity;
import dev.remit.proxy.state.SessionObjects;
import dev.remit.proxy.state.SessionState;
import dev.remit.proxy.state.TimeSettings;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.upstream.UpstreamPool;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.FrontendMessage;
import dev.remit.proxy.wire.WireError;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One logged-in client: takes its messages in order, plans them, submits them to a borrowed
/// connection and ends each batch with ReadyForQuery.
///
/// ```
/// message ─▶ plan (cached: here; else on a virtual thread) ─▶ borrow ─▶ submit ─▶ … Sync ─▶ give back
///               │ refused                                                 │ error
///               └──────────▶ error, skip until Sync ◀─────────────────────┘
/// ```
///
/// Messages are submitted without waiting for the answers before them; [Replies] keeps the order.
/// While a plan, a connection or a record is waited for, the session is *suspended* and the client
/// is not read. Owned by one event loop, as are the connections it borrows.
public final class Session implements Replies.Observer {
  private final ProxyEnvironment environment;
  private final SessionIdentity identity;
  private final ClientOutput output;
  private final Runnable inputResumed;
  private final Replies replies;
  private final SessionState state;
  private final SessionObjects objects;
  private final SourceSubmission submission;
  private final StatementRunner runner;
  private final ExtendedProtocol extended;
  private StatementContexts contexts;
  private final SourceLease lease;
  private @Nullable SimpleQuery simple;
  private int waits;
  private boolean batchOpen;
  private boolean skipping;
  private boolean closed;
  private boolean cancelled;

  /// The text that is being handled, for the record of its refusal.
  private String atHand = "";

  /// The source of the open transaction was lost while nobody waited for an answer.
  private boolean untoldLoss;

  /// @param pools the event loop's pool of the source; another one after the source has changed
  /// @param inputResumed called when the client may be read again
  public Session(
      ProxyEnvironment environment,
      SessionIdentity identity,
      Supplier<UpstreamPool> pools,
      Context loop,
      ClientOutput output,
      Runnable inputResumed) {
    this.environment = environment;
    this.identity = identity;
    this.output = output;
    this.inputResumed = inputResumed;
    this.replies = new Replies(output, this, loop);
    this.lease = new SourceLease(pools, identity.principal().name(), replies);
    this.state = new SessionState(identity.settings());
    this.objects =
        new SessionObjects(
            environment.limits().preparedStatements(), environment.limits().portals());
    this.submission = new SourceSubmission(replies, environment.schemaCheck(), identity.source());
    this.contexts = new StatementContexts(environment, identity);
    this.runner = new StatementRunner(this);
    this.extended = new ExtendedProtocol(this, runner);
  }

  /// Whether the next message has to stay unread.
  public boolean isSuspended() {
    return waits > 0
        || replies.size() > environment.limits().pipelinedReplies()
        || lease.isCongested()
        || (!batchOpen && state.isUnsettled() && !replies.isEmpty());
  }

  /// Takes one message. Only called while not suspended.
  public void take(FrontendMessage message) {
    if (message instanceof FrontendMessage.Sync) {
      endBatch();
      return;
    }
    if (skipping || message instanceof FrontendMessage.CopyRemainder) {
      return;
    }
    beginBatch();
    guarded(() -> dispatch(message));
  }

  /// A message that could be read but not be accepted, for example a statement over the bound.
  public void refuseMessage(boolean isSimpleQuery, RemitException refusal) {
    if (!skipping) {
      beginBatch();
      atHand = "";
      refuse(refusal);
    }
    if (isSimpleQuery) {
      simple = new SimpleQuery(this, List.of());
      guarded(simple::advance);
    }
  }

  private void beginBatch() {
    if (!batchOpen) {
      batchOpen = true;
      state.batchBegins();
    }
  }

  /// The end of a chunk of the client: everything submitted goes out in one write.
  public void chunkEnd() {
    lease.flush(this::drained);
    output.flush();
  }

  /// Called when a message had to stay unread: the source must not keep back the answers that are
  /// waited for.
  public void flushBacklog() {
    lease.flushBacklog();
  }

  /// Asks the source to stop what it is doing for this session.
  public void cancel() {
    cancelled = waits > 0;
    lease.cancel();
  }

  /// @throws RemitException IDLE_IN_TRANSACTION
  public void requireBusy(long nowMillis) {
    lease.requireBusy(nowMillis, TimeSettings.idleMillis(environment.bounds(), state));
  }

  /// Whether a batch or a transaction is under way.
  public boolean isBusy() {
    return batchOpen || !replies.isEmpty() || state.isInBlock();
  }

  /// The client is gone: whatever runs for it is cancelled and its connection freed.
  public void close() {
    if (!closed) {
      closed = true;
      lease.abandon();
    }
  }

  private void dispatch(FrontendMessage message) {
    atHand = "";
    if (message instanceof FrontendMessage.Query query) {
      simple = new SimpleQuery(this, environment.planner().split(query.text()));
    }
    contexts.requireGoodLogin();
    if (simple == null) {
      extended.take(message);
    } else {
      simple.advance();
    }
  }

  ProxyEnvironment environment() {
    return environment;
  }

  SessionState state() {
    return state;
  }

  SessionObjects objects() {
    return objects;
  }

  Replies replies() {
    return replies;
  }

  SourceSubmission submission() {
    return submission;
  }

  StatementRunner runner() {
    return runner;
  }

  SessionIdentity identity() {
    return identity;
  }

  Actor actor() {
    return contexts.actor(state);
  }

  /// What a statement decided at this moment is decided under.
  DecisionBasis basis() {
    return contexts.basis(state);
  }

  /// Whether a plan or a connection is being waited for.
  boolean isWaiting() {
    return waits > 0;
  }

  boolean isSkipping() {
    return skipping;
  }

  /// Plans a text and goes on with the plan: at once when it is cached.
  void withPlan(String text, List<Long> types, Consumer<PlannedStatement> next) {
    contexts.plan(this, text, types, next);
  }

  /// Goes on with a connection to the source that has this session's settings.
  void withSource(Consumer<UpstreamConnection> next) {
    lease.use(this, next);
  }

  /// The borrowed connection, if any.
  Optional<UpstreamConnection> source() {
    return Optional.ofNullable(lease.held());
  }

  /// The text whose refusal would be recorded from now on.
  void handles(String text) {
    atHand = text;
  }

  /// Waits for a result and goes on, unless the batch fails meanwhile: of a failed batch nothing
  /// more is submitted or told. Input is suspended until then.
  <T> void await(Future<T> future, Consumer<T> next) {
    waits++;
    future.onComplete(result -> {
      waits--;
      boolean stopped = cancelled;
      cancelled = false;
      boolean goesOn = !closed && !skipping && !stopped;
      if (!goesOn && result.result() instanceof UpstreamConnection unused) {
        unused.lender().giveBack(unused);
      }
      if (closed) {
        return;
      }
      if (goesOn && result.succeeded()) {
        guarded(() -> next.accept(result.result()));
      } else if (!skipping) {
        refuse(stopped ? Refusals.cancelled() : Refusals.of(result.cause()));
      }
      proceed();
    });
  }

  /// Goes on when everything submitted so far has been answered, for what must not be submitted on
  /// top of answers that may still change this session's state.
  void settled(Runnable next) {
    if (replies.isEmpty()) {
      next.run();
      return;
    }
    await(replies.settled(), ignored -> next.run());
    lease.flushBacklog();
  }

  /// Tells the client no: the rest of the batch is skipped, a transaction fails.
  void refuse(RemitException reason) {
    RemitException refusal =
        untoldLoss && state.hasFailed() ? Refusals.lostInTransaction() : reason;
    untoldLoss = false;
    AccessRecord noted = environment.recorder().refused(actor(), atHand, refusal);
    state.fail();
    skipping = true;
    if (noted.mayPass()) {
      replies.refuse(WireError.of(noted.problem().orElse(refusal)));
      return;
    }
    waits++;
    noted
        .decided()
        .onComplete(ignored -> {
          waits--;
          cancelled = false;
          if (!closed) {
            replies.refuse(WireError.of(noted.problem().orElse(refusal)));
            proceed();
          }
        });
  }

  /// Ends the batch: ReadyForQuery by the source when it has a part in it.
  void endBatch() {
    simple = null;
    skipping = false;
    batchOpen = false;
    UpstreamConnection held = lease.held();
    if (held != null) {
      submission.sync(held);
    } else {
      replies.answerReady(out -> BackendMessages.readyForQuery(out, state.status()));
      if (!state.isInBlock()) {
        objects.transactionEnded();
        untoldLoss = false;
      }
    }
  }

  @Override
  public void refusedUnrecorded(Optional<AccessSummary> access, String sqlState) {
    environment.recorder().refusedBySource(actor(), access, atHand, sqlState);
  }

  @Override
  public void batchFailed(boolean batchStillOpen) {
    state.fail();
    lease.forgetSettings();
    if (batchStillOpen) {
      skipping = true;
    }
  }

  @Override
  public boolean isBatchOpen() {
    return batchOpen;
  }

  @Override
  public char ready(char status) {
    boolean settled = replies.isEmpty() && !batchOpen;
    char told = state.confirm(status, settled);
    if (status == 'I' && settled) {
      objects.transactionEnded();
      lease.giveBack();
    }
    return told;
  }

  @Override
  public char readyWithoutSource() {
    return state.status();
  }

  @Override
  public void sourceLost() {
    lease.lost();
    objects.transactionEnded();
    state.fail();
    untoldLoss = state.isInBlock() && replies.isEmpty() && !batchOpen;
  }

  @Override
  public void drained() {
    if (!closed && waits == 0 && !isSuspended()) {
      proceed();
    }
  }

  private void proceed() {
    if (simple != null && waits == 0) {
      guarded(simple::advance);
    }
    chunkEnd();
    if (!isSuspended()) {
      inputResumed.run();
    }
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RemitException refusal) {
      refuse(refusal);
    } catch (RuntimeException broken) {
      refuse(Refusals.of(broken));
    }
    if (skipping && simple != null && waits == 0) {
      endBatch();
    }
  }
}
