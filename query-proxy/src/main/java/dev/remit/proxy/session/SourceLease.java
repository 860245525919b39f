package dev.remit.proxy.session;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.relay.Replies;
import dev.remit.proxy.upstream.UpstreamConnection;
import dev.remit.proxy.upstream.UpstreamPool;
import dev.remit.proxy.wire.FrontendMessages;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connection that a session holds from the first message of a transaction that needs the
/// source until the ReadyForQuery that ends it.
///
/// Owned by the session's event loop.
final class SourceLease {
  private final Supplier<UpstreamPool> pools;
  private final String user;
  private final Replies replies;
  private @Nullable UpstreamConnection held;
  private long idleSinceMillis;
  private long answersSeen;

  /// @param pools the event loop's pool of the source; another one after the source has changed
  /// @param user whose share of the pool it is
  SourceLease(Supplier<UpstreamPool> pools, String user, Replies replies) {
    this.pools = pools;
    this.user = user;
    this.replies = replies;
  }

  @Nullable UpstreamConnection held() {
    return held;
  }

  /// Goes on with the held connection, or with one that has the session's settings by then.
  void use(Session session, Consumer<UpstreamConnection> next) {
    if (held != null) {
      next.accept(held);
      return;
    }
    if (session.state().isInBlock() && session.state().hasFailed()) {
      throw StatementRunner.failedTransaction();
    }
    UpstreamConnection ready = pools.get().tryBorrow(user);
    if (ready != null) {
      begin(session, ready, next);
      return;
    }
    session.await(pools.get().borrow(user), borrowed -> begin(session, borrowed, next));
  }

  private void begin(
      Session session, UpstreamConnection connection, Consumer<UpstreamConnection> next) {
    held = connection;
    replies.attach(connection);
    session.runner().applySettings(connection);
    next.accept(connection);
  }

  /// The transaction has ended cleanly.
  void giveBack() {
    UpstreamConnection connection = held;
    if (connection != null) {
      held = null;
      replies.detach();
      connection.lender().giveBack(connection);
    }
  }

  /// The client is gone: what runs is cancelled, the connection closed.
  void abandon() {
    UpstreamConnection connection = held;
    if (connection != null) {
      held = null;
      replies.detach();
      if (!replies.isEmpty()) {
        connection.lender().cancel(connection);
      }
      replies.abandon();
      connection.lender().discard(connection);
    }
  }

  void lost() {
    held = null;
  }

  void cancel() {
    if (held != null && !replies.isEmpty()) {
      held.lender().cancel(held);
    }
  }

  /// Sends what was submitted; `drained` runs when a full write queue has emptied.
  void flush(Runnable drained) {
    if (held != null) {
      held.flush();
      if (held.writeQueueFull()) {
        held.onDrain(ignored -> drained.run());
      }
    }
  }

  /// Makes the source send answers that it keeps back until a Sync.
  void flushBacklog() {
    if (held != null && !replies.isEmpty()) {
      FrontendMessages.flush(held.out());
      held.flush();
    }
  }

  boolean isCongested() {
    return held != null && held.writeQueueFull();
  }

  /// Refuses to hold a connection longer that was asked nothing for this time; seen at the calls of
  /// this, so as not to look at a clock with each message.
  ///
  /// @throws RemitException IDLE_IN_TRANSACTION
  void requireBusy(long nowMillis, long longestIdleMillis) {
    if (held == null || !replies.isEmpty() || answersSeen != replies.expectedEver()) {
      answersSeen = replies.expectedEver();
      idleSinceMillis = nowMillis;
    } else if (nowMillis - idleSinceMillis > longestIdleMillis) {
      throw new RemitException(
          ErrorCode.IDLE_IN_TRANSACTION,
          "the connection was ended because its open transaction was idle for longer than "
              + longestIdleMillis
              + " ms; connect again, and end each transaction when it is done");
    }
  }

  /// What was set in a failed transaction is gone at the source: set it anew at the next borrow.
  void forgetSettings() {
    if (held != null) {
      held.applied(null);
    }
  }
}
