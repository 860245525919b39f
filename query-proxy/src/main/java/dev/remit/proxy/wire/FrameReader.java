package dev.remit.proxy.wire;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of chunks into messages (one type byte, a length that counts itself, a body)
/// without copying those that arrive whole.
///
/// ```
/// chunk:    … │D len body│D len body│C len body│D le…
///             └── rows(from, to, 2) ─┘└ message ─┘└ kept until the next chunk
/// ```
///
/// Owned by one event loop. A listener that answers false is offered the same bytes again after
/// [#resume]; until then nothing else is delivered, so the owner pauses its socket meanwhile.
/// Messages are delivered in order and exactly once.
///
/// PostgreSQL documentation, "Message Formats".
public final class FrameReader {
  /// Type byte and length.
  public static final int HEADER_BYTES = 5;

  private static final byte DATA_ROW = 'D';

  /// Takes messages. The bytes may be sliced and kept, never changed.
  public interface Listener {
    /// One message from its type byte to its end; false when it cannot be taken yet.
    boolean message(byte type, Buffer bytes, int from, int to);

    /// `count` DataRow messages in a row; false when they cannot be taken yet. Called only by
    /// readers that batch rows.
    boolean rows(Buffer bytes, int from, int to, int count);
  }

  private final Listener listener;
  private final boolean batchRows;
  private final long maximumBytes;
  private @Nullable Buffer chunk;
  private int at;
  private @Nullable Buffer partial;
  private boolean stopped;
  private boolean delivering;

  /// @param batchRows true on the upstream side, where `D` is a row and not Describe
  /// @param maximumBytes bound of one message, header included
  public FrameReader(Listener listener, boolean batchRows, long maximumBytes) {
    this.listener = listener;
    this.batchRows = batchRows;
    this.maximumBytes = maximumBytes;
  }

  /// Takes the next chunk and delivers every message it completes.
  ///
  /// @throws RemitException PROTOCOL_VIOLATION when a length is impossible or over the bound
  public void feed(Buffer next) {
    if (chunk != null) {
      chunk = Buffer.buffer().appendBuffer(chunk, at, chunk.length() - at).appendBuffer(next);
      at = 0;
      deliver();
      return;
    }
    int used = partial == null ? 0 : complete(partial, next);
    if (used < 0) {
      return;
    }
    if (partial != null) {
      chunk = partial;
      at = 0;
      partial = null;
      deliver();
      if (chunk != null) {
        feed(next.slice(used, next.length()));
        return;
      }
    }
    chunk = next;
    at = used;
    deliver();
  }

  /// Delivers nothing more until [#resume].
  public void stop() {
    stopped = true;
  }

  /// Goes on after a listener answered false or [#stop] was called.
  public void resume() {
    stopped = false;
    deliver();
  }

  /// The bytes not delivered yet, which this reader forgets.
  public Buffer takeRemainder() {
    Buffer rest = Buffer.buffer();
    if (partial != null) {
      rest.appendBuffer(partial);
    }
    if (chunk != null) {
      rest.appendBuffer(chunk, at, chunk.length() - at);
    }
    partial = null;
    chunk = null;
    return rest;
  }

  /// Fills the partial message from the chunk; answers how many bytes it took, -1 when the message
  /// is still incomplete.
  private int complete(Buffer begun, Buffer next) {
    int used = 0;
    if (begun.length() < HEADER_BYTES) {
      used = Math.min(HEADER_BYTES - begun.length(), next.length());
      begun.appendBuffer(next, 0, used);
      if (begun.length() < HEADER_BYTES) {
        return -1;
      }
    }
    int missing = 1 + length(begun, 0) - begun.length();
    int taken = Math.min(missing, next.length() - used);
    begun.appendBuffer(next, used, taken);
    return taken < missing ? -1 : used + taken;
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    try {
      while (!stopped && chunk != null && deliverNext(chunk)) {}
    } finally {
      delivering = false;
    }
  }

  private boolean deliverNext(Buffer bytes) {
    int end = frameEnd(bytes, at);
    if (end < 0) {
      if (at < bytes.length()) {
        partial = Buffer.buffer().appendBuffer(bytes, at, bytes.length() - at);
      }
      chunk = null;
      return false;
    }
    byte type = bytes.getByte(at);
    boolean taken;
    if (batchRows && type == DATA_ROW) {
      int count = 1;
      for (int next = rowEnd(bytes, end); next > 0; next = rowEnd(bytes, end)) {
        end = next;
        count++;
      }
      taken = listener.rows(bytes, at, end, count);
    } else {
      taken = listener.message(type, bytes, at, end);
    }
    if (!taken) {
      stopped = true;
      return false;
    }
    at = end;
    return true;
  }

  private int rowEnd(Buffer bytes, int from) {
    return from < bytes.length() && bytes.getByte(from) == DATA_ROW ? frameEnd(bytes, from) : -1;
  }

  /// Index after the message that begins here, -1 when it is not all there.
  private int frameEnd(Buffer bytes, int from) {
    if (bytes.length() - from < HEADER_BYTES) {
      return -1;
    }
    int length = length(bytes, from);
    return bytes.length() - from - 1 < length ? -1 : from + 1 + length;
  }

  private int length(Buffer bytes, int from) {
    int length = bytes.getInt(from + 1);
    if (length < 4) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION, "a message says it is shorter than its own length field");
    }
    if (length >= maximumBytes) {
      throw new RemitException(
          ErrorCode.PROTOCOL_VIOLATION,
          "a message of " + length + " bytes is over the bound of " + maximumBytes + " bytes");
    }
    return length;
  }
}
