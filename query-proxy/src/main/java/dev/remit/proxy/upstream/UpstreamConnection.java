package dev.remit.proxy.upstream;

import dev.remit.platform.error.RemitException;
import dev.remit.proxy.wire.FrameReader;
import dev.remit.proxy.wire.FrontendMessages;
import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection to a source. Whoever holds it appends messages to [#out], sends them with
/// [#flush] and gets every message of the source, in order.
///
/// Owned by one event loop, the one of the sessions that borrow it. What the source sends while
/// nobody holds the connection closes it.
public final class UpstreamConnection {
  /// Bound of one message of the source: PostgreSQL's own for a row is 1 GB.
  private static final long MAXIMUM_MESSAGE_BYTES = 1L << 30;

  /// Who gets the source's messages.
  public interface Holder extends FrameReader.Listener {
    /// The connection is gone; nothing more will come.
    void lost();

    /// A chunk was delivered to its end: the moment to write what was collected.
    void chunkEnd();
  }

  private final NetSocket socket;
  private final Channel channel;
  private final FrameReader reader;
  private final PreparedStatements prepared = new PreparedStatements();
  private Holder holder;
  private Buffer out = Buffer.buffer(1024);
  private @Nullable Map<String, String> applied;
  private int processId;
  private Buffer secret = Buffer.buffer();
  private boolean closed;
  private boolean paused;
  private int pendingCancels;
  private boolean everCancelled;
  private long idleSinceMillis;
  private Runnable gone = () -> {};
  private @Nullable UpstreamPool lender;
  private Borrowers.@Nullable Borrower borrower;

  UpstreamConnection(NetSocket socket, Holder first) {
    this.socket = socket;
    this.channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    this.holder = first;
    this.reader = new FrameReader(new Forwarder(), true, MAXIMUM_MESSAGE_BYTES);
    socket.handler(this::chunk);
    socket.closeHandler(ignored -> onClosed());
    socket.exceptionHandler(ignored -> close());
  }

  /// Where messages to be sent are appended.
  public Buffer out() {
    return out;
  }

  /// Sends what was appended, in one write.
  public void flush() {
    if (out.length() > 0 && !closed) {
      Buffer sent = out;
      out = Buffer.buffer(1024);
      socket.write(sent);
    }
  }

  public void hold(Holder next) {
    holder = next;
  }

  /// Statements known to be prepared on this connection.
  public PreparedStatements prepared() {
    return prepared;
  }

  /// The settings in force here, null when they must be set anew.
  public @Nullable Map<String, String> applied() {
    return applied;
  }

  public void applied(@Nullable Map<String, String> settings) {
    applied = settings;
  }

  /// Stops reading from the source: the client is slower.
  public void pause() {
    reader.stop();
    stopReading();
  }

  /// At once: `NetSocket.pause` alone lets up to some 30 chunks of 64 KB more be read into its
  /// queue, which is too much for hundreds of slow clients (seen: 1.7 MB for each).
  private void stopReading() {
    paused = true;
    socket.pause();
    channel.config().setAutoRead(false);
  }

  /// Goes on reading, unless what was held back fills its taker again.
  public void resume() {
    if (closed) {
      return;
    }
    paused = false;
    reader.resume();
    holder.chunkEnd();
    if (!paused) {
      channel.config().setAutoRead(true);
      socket.resume();
    }
  }

  public boolean writeQueueFull() {
    return socket.writeQueueFull();
  }

  /// Called once when the write queue has drained.
  public void onDrain(Handler<Void> handler) {
    socket.drainHandler(handler);
  }

  public boolean isClosed() {
    return closed;
  }

  /// Closes without ceremony; the holder hears of it.
  public void close() {
    if (!closed) {
      socket.close();
      onClosed();
    }
  }

  /// Says goodbye and closes.
  void terminate() {
    if (!closed) {
      FrontendMessages.terminate(out);
      flush();
      close();
    }
  }

  int processId() {
    return processId;
  }

  Buffer secret() {
    return secret;
  }

  void cancelKey(int id, Buffer key) {
    processId = id;
    secret = key;
  }

  void cancelBegun() {
    pendingCancels++;
    everCancelled = true;
  }

  void cancelSettled() {
    pendingCancels--;
  }

  boolean hasPendingCancels() {
    return pendingCancels > 0;
  }

  /// Whether a cancel was sent since the last call; forgets it.
  boolean takeCancelled() {
    boolean was = everCancelled;
    everCancelled = false;
    return was;
  }

  long idleSinceMillis() {
    return idleSinceMillis;
  }

  void idleSinceMillis(long now) {
    idleSinceMillis = now;
  }

  /// The pool it has to be given back to.
  public UpstreamPool lender() {
    return Objects.requireNonNull(lender, "only connected ones are lent");
  }

  /// @param action runs once after the connection has closed
  void belongsTo(UpstreamPool pool, Runnable action) {
    lender = pool;
    gone = action;
  }

  /// From now on it counts among those that the user holds.
  void lentTo(Borrowers.Borrower user) {
    borrower = user;
    user.lent();
  }

  /// It no longer counts for anybody.
  void returned() {
    if (borrower != null) {
      borrower.returned();
      borrower = null;
    }
  }

  Holder holder() {
    return holder;
  }

  private void chunk(Buffer bytes) {
    try {
      reader.feed(bytes);
      holder.chunkEnd();
    } catch (RemitException malformed) {
      close();
    } catch (RuntimeException broken) {
      // A fault of ours: whoever waits for this connection hears that it is lost, and nothing
      // hangs.
      close();
      throw broken;
    }
  }

  private void onClosed() {
    if (!closed) {
      closed = true;
      holder.lost();
      gone.run();
    }
  }

  private final class Forwarder implements FrameReader.Listener {
    @Override
    public boolean message(byte type, Buffer bytes, int from, int to) {
      boolean taken = holder.message(type, bytes, from, to);
      return pausedUnless(taken);
    }

    @Override
    public boolean rows(Buffer bytes, int from, int to, int count) {
      return pausedUnless(holder.rows(bytes, from, to, count));
    }

    private boolean pausedUnless(boolean taken) {
      if (!taken) {
        stopReading();
      }
      return taken;
    }
  }
}
