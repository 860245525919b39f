package dev.remit.proxy.relay;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/// What is on its way to the client: small messages are collected and written together, large runs
/// of rows are written as they are, without a copy.
///
/// Owned by the session's event loop.
public final class ClientOutput {
  private static final int COPY_BELOW_BYTES = 8_192;

  private final NetSocket socket;
  private Buffer collected = Buffer.buffer(1024);

  public ClientOutput(NetSocket socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(128 * 1024);
  }

  /// Where messages are appended.
  public Buffer buffer() {
    return collected;
  }

  /// Relays bytes of another buffer, which stays unchanged.
  public void relay(Buffer bytes, int from, int to) {
    if (to - from < COPY_BELOW_BYTES) {
      collected.appendBuffer(bytes, from, to - from);
    } else {
      flush();
      socket.write(bytes.slice(from, to));
    }
  }

  public void flush() {
    if (collected.length() > 0) {
      Buffer sent = collected;
      collected = Buffer.buffer(1024);
      socket.write(sent);
    }
  }

  public boolean isFull() {
    return socket.writeQueueFull();
  }

  public void onDrain(Handler<Void> handler) {
    socket.drainHandler(handler);
  }
}
