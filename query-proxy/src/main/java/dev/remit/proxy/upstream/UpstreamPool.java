package dev.remit.proxy.upstream;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.proxy.upstream.Borrowers.Borrower;
import dev.remit.proxy.upstream.Borrowers.Waiter;
import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one source.
///
/// Owned by that event loop: a session and the connection it borrows are always on the same one, so
/// relaying a row crosses no thread. Bounded: connections by `maximum` and for each user by her
/// share, waiters by count and time. The most recently used connection is borrowed first, so that
/// the others grow idle and close.
///
/// While a connection is idle, whoever waits holds her share: the two are matched at each change.
public final class UpstreamPool {
  private static final long FIRST_WAIT_MILLIS = 10_000;

  /// The proxy itself, in place of a user.
  private static final String NOBODY = "";

  private final Vertx vertx;
  private final UpstreamConnector connector;
  private final int shares;
  private @Nullable UpstreamTarget target;
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Borrowers borrowers = new Borrowers();
  private int open;
  private int connecting;
  private @Nullable RemitException closedFor;
  private @Nullable Map<String, String> reported;

  /// @param targets where the source is, asked before each connect on a virtual thread
  /// @param shares how many event loops share the source's maximum of connections
  public UpstreamPool(
      Vertx vertx,
      NetClient client,
      Blocking blocking,
      Supplier<UpstreamTarget> targets,
      int shares) {
    this.vertx = vertx;
    this.connector = new UpstreamConnector(vertx, client, blocking, targets);
    this.shares = shares;
  }

  /// An idle connection, null when there is none at hand or the user holds her share.
  public @Nullable UpstreamConnection tryBorrow(String user) {
    Borrower borrower = borrowers.of(user);
    return idle.isEmpty() || borrower.held() >= share() ? null : lend(idle.removeLast(), borrower);
  }

  /// A connection, now or when one comes free for this user.
  ///
  /// Fails with TOO_MANY_CONNECTIONS when none came free in time, with SOURCE_UNAVAILABLE when the
  /// source refuses.
  public Future<UpstreamConnection> borrow(String user) {
    UpstreamConnection ready = tryBorrow(user);
    if (ready != null) {
      return Future.succeededFuture(ready);
    }
    if (closedFor != null) {
      return Future.failedFuture(closedFor);
    }
    Borrower borrower = borrowers.of(user);
    if (borrower.waitingCount() >= Borrowers.MAXIMUM_WAITING) {
      return Future.failedFuture(exhausted(borrower));
    }
    Promise<UpstreamConnection> promise = Promise.promise();
    long timer = vertx.setTimer(waitMillis(), ignored -> expire(borrower, promise));
    borrowers.enqueue(borrower, promise, timer);
    grow();
    return promise.future();
  }

  /// Takes back a connection whose last ReadyForQuery said idle.
  public void giveBack(UpstreamConnection connection) {
    if (connection.isClosed()) {
      return;
    }
    if (connection.hasPendingCancels() || connection.takeCancelled()) {
      Settling settling = new Settling(connection);
      connection.hold(settling);
      vertx.setTimer(settleMillis(), ignored -> settling.expire());
      if (!connection.hasPendingCancels()) {
        absorb(connection);
      }
      return;
    }
    makeIdle(connection);
  }

  /// Closes a borrowed connection that cannot be used again.
  public void discard(UpstreamConnection connection) {
    connection.hold(new Idle(connection));
    connection.close();
  }

  /// Asks the source to cancel what the connection is running. The connection is not lent again
  /// before the source has taken notice.
  public void cancel(UpstreamConnection connection) {
    connection.cancelBegun();
    connector
        .cancel(Objects.requireNonNull(target), connection)
        .onComplete(ignored -> {
          connection.cancelSettled();
          if (connection.holder() instanceof Settling && !connection.hasPendingCancels()) {
            absorb(connection);
          }
        });
  }

  /// What the source reported of itself and its defaults; connects when nothing did yet.
  public Future<Map<String, String>> reported() {
    if (reported != null) {
      return Future.succeededFuture(reported);
    }
    return borrow(NOBODY)
        .map(connection -> {
          giveBack(connection);
          return java.util.Objects.requireNonNull(reported);
        });
  }

  /// Closes connections that nobody used for the target's idle time.
  public void closeIdle(long nowMillis) {
    while (target != null
        && !idle.isEmpty()
        && nowMillis - idle.getFirst().idleSinceMillis() > target.idleMillis()) {
      idle.removeFirst().terminate();
    }
    borrowers.forgetIdle();
  }

  /// Closes what is idle and lends nothing more.
  ///
  /// @param reason told to those who wait, and to whoever asks later
  public void close(RemitException reason) {
    closedFor = reason;
    while (!idle.isEmpty()) {
      idle.removeFirst().terminate();
    }
    failAll(reason);
  }

  /// Connections open, borrowed ones included.
  public int openCount() {
    return open;
  }

  /// One until the first log-in has told the target.
  private int maximum() {
    return target == null ? 1 : Math.max(1, target.maximumConnections() / shares);
  }

  /// Most connections that one user holds here at a time.
  private int share() {
    return target == null ? 1 : Math.max(1, target.maximumOfOneUser() / shares);
  }

  /// A cancel request has its own bound; an empty round trip comes after it.
  private static long settleMillis() {
    return 2 * UpstreamConnector.LONGEST_EXCHANGE_MILLIS;
  }

  private long waitMillis() {
    return target == null ? FIRST_WAIT_MILLIS : target.waitMillis();
  }

  private void makeIdle(UpstreamConnection connection) {
    connection.hold(new Idle(connection));
    connection.returned();
    if (closedFor != null) {
      connection.terminate();
      return;
    }
    connection.idleSinceMillis(System.currentTimeMillis());
    idle.addLast(connection);
    serve();
  }

  /// Lends what is idle to those who wait and hold less than their share.
  private void serve() {
    while (!idle.isEmpty()) {
      Waiter waiter = borrowers.next(share());
      if (waiter == null) {
        return;
      }
      vertx.cancelTimer(waiter.timer());
      UpstreamConnection lent = lend(idle.removeLast(), waiter.borrower());
      if (!waiter.promise().tryComplete(lent)) {
        lent.returned();
        idle.addLast(lent);
      }
    }
  }

  private static UpstreamConnection lend(UpstreamConnection connection, Borrower borrower) {
    connection.lentTo(borrower);
    return connection;
  }

  /// Opens as many more as there are who wait, within the bound.
  private void grow() {
    while (closedFor == null && open < maximum() && connecting < borrowers.waitingWithin(share())) {
      connect();
    }
  }

  private void connect() {
    open++;
    connecting++;
    connector
        .connect()
        .onComplete(result -> {
          connecting--;
          if (result.failed()) {
            open--;
            failWaiters(result.cause());
            return;
          }
          reported = result.result().reported();
          target = result.result().target();
          UpstreamConnection connection = result.result().connection();
          connection.belongsTo(this, () -> gone(connection));
          if (connection.isClosed()) {
            gone(connection);
          } else {
            makeIdle(connection);
            grow();
          }
        });
  }

  /// A cancel can still be on its way inside the source: an empty round trip takes it.
  private static void absorb(UpstreamConnection connection) {
    FrontendMessages.query(connection.out(), "");
    connection.flush();
  }

  private void expire(Borrower borrower, Promise<UpstreamConnection> promise) {
    borrowers.remove(borrower, promise);
    promise.tryFail(exhausted(borrower));
  }

  /// A connection could not be opened: one who waited for it hears of it, all when there is none.
  private void failWaiters(Throwable cause) {
    if (open == 0) {
      failAll(cause);
      return;
    }
    Waiter waiter = borrowers.next(share());
    if (waiter != null) {
      fail(waiter, cause);
    }
  }

  private void failAll(Throwable cause) {
    for (Waiter waiter = borrowers.any(); waiter != null; waiter = borrowers.any()) {
      fail(waiter, cause);
    }
  }

  private void fail(Waiter waiter, Throwable cause) {
    vertx.cancelTimer(waiter.timer());
    waiter.promise().tryFail(cause);
  }

  private void gone(UpstreamConnection connection) {
    open--;
    connection.returned();
    serve();
    grow();
  }

  private RemitException exhausted(Borrower borrower) {
    String waited = "no connection to the source came free within " + waitMillis() + " ms; ";
    return new RemitException(
        ErrorCode.TOO_MANY_CONNECTIONS,
        borrower.held() >= share()
            ? waited
                + "you hold as many as one user may: end a statement or transaction of yours, or"
                + " ask for a larger wire.userShare"
            : waited + "try again, or ask for more wire.upstreams");
  }

  /// Nobody holds the connection: whatever the source says but notices means it is unusable.
  private class Idle implements UpstreamConnection.Holder {
    private final UpstreamConnection connection;

    Idle(UpstreamConnection connection) {
      this.connection = connection;
    }

    @Override
    public boolean message(byte type, Buffer bytes, int from, int to) {
      if (type != 'S' && type != 'N' && type != 'A') {
        connection.close();
      }
      return true;
    }

    @Override
    public boolean rows(Buffer bytes, int from, int to, int count) {
      connection.close();
      return true;
    }

    @Override
    public void lost() {
      idle.remove(connection);
    }

    @Override
    public void chunkEnd() {}
  }

  /// Waits until the source has taken notice of every cancel.
  private final class Settling extends Idle {
    private final UpstreamConnection connection;

    Settling(UpstreamConnection connection) {
      super(connection);
      this.connection = connection;
    }

    @Override
    public boolean message(byte type, Buffer bytes, int from, int to) {
      if (type == 'Z') {
        makeIdle(connection);
      }
      return true;
    }

    /// The source has not said in time that it is done with the cancel.
    void expire() {
      if (connection.holder() == this) {
        connection.close();
      }
    }
  }
}
