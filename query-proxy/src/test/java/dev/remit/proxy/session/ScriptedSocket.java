package dev.remit.proxy.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A socket without a network: what is written goes to the peer at once, what the peer says is
/// heard when the test delivers it and the reader has not paused.
final class ScriptedSocket implements NetSocketInternal {
  private final Consumer<Buffer> peer;
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final Deque<Buffer> unread = new ArrayDeque<>();
  private Handler<Buffer> handler = ignored -> {};
  private Handler<Void> closeHandler = ignored -> {};
  private @Nullable Handler<Void> drainHandler;
  private boolean paused;
  private boolean closed;
  private boolean full;

  ScriptedSocket(Consumer<Buffer> peer) {
    this.peer = peer;
  }

  /// The peer says something.
  void deliver(Buffer bytes) {
    unread.addLast(bytes);
    read();
  }

  /// The peer closes.
  void lose() {
    close();
  }

  /// Whether the writer is told that the peer does not keep up.
  void full(boolean now) {
    full = now;
    if (!now && drainHandler != null) {
      Handler<Void> once = drainHandler;
      drainHandler = null;
      once.handle(null);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /// Whether the owner takes bytes.
  boolean isReading() {
    return !paused && channel.config().isAutoRead();
  }

  private void read() {
    while (!paused && !closed && !unread.isEmpty()) {
      handler.handle(unread.pollFirst());
    }
  }

  @Override
  public Future<Void> write(Buffer data) {
    if (!closed) {
      peer.accept(data);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    if (!closed) {
      closed = true;
      closeHandler.handle(null);
    }
    return Future.succeededFuture();
  }

  @Override
  public NetSocketInternal handler(@Nullable Handler<Buffer> next) {
    handler = next == null ? ignored -> {} : next;
    return this;
  }

  @Override
  public NetSocketInternal closeHandler(@Nullable Handler<Void> next) {
    closeHandler = next == null ? ignored -> {} : next;
    return this;
  }

  @Override
  public NetSocketInternal drainHandler(@Nullable Handler<Void> next) {
    drainHandler = next;
    return this;
  }

  @Override
  public NetSocketInternal exceptionHandler(@Nullable Handler<Throwable> next) {
    return this;
  }

  @Override
  public NetSocketInternal endHandler(@Nullable Handler<Void> next) {
    return this;
  }

  @Override
  public NetSocketInternal pause() {
    paused = true;
    return this;
  }

  @Override
  public NetSocketInternal resume() {
    paused = false;
    read();
    return this;
  }

  @Override
  public NetSocketInternal setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return full;
  }

  @Override
  public ChannelHandlerContext channelHandlerContext() {
    return channel.pipeline().firstContext();
  }

  @Override
  public boolean isSsl() {
    return false;
  }

  @Override
  public SocketAddress remoteAddress() {
    return SocketAddress.inetSocketAddress(1, "127.0.0.1");
  }

  @Override
  public SocketAddress localAddress() {
    return remoteAddress();
  }

  // ---- what neither side of the proxy calls
  @Override
  public NetSocketInternal fetch(long amount) {
    throw unused();
  }

  @Override
  public Future<Void> writeMessage(Object message) {
    throw unused();
  }

  @Override
  public NetSocketInternal messageHandler(Handler<Object> next) {
    throw unused();
  }

  @Override
  public NetSocketInternal readCompletionHandler(Handler<Void> next) {
    throw unused();
  }

  @Override
  public NetSocketInternal eventHandler(Handler<Object> next) {
    throw unused();
  }

  @Override
  public String writeHandlerID() {
    throw unused();
  }

  @Override
  public Future<Void> write(String text) {
    throw unused();
  }

  @Override
  public Future<Void> write(String text, String encoding) {
    throw unused();
  }

  @Override
  public Future<Void> sendFile(String name, long offset, long length) {
    throw unused();
  }

  @Override
  public SocketAddress remoteAddress(boolean real) {
    throw unused();
  }

  @Override
  public SocketAddress localAddress(boolean real) {
    throw unused();
  }

  @Override
  public Future<Void> end() {
    throw unused();
  }

  @Override
  public NetSocket shutdownHandler(@Nullable Handler<Void> next) {
    throw unused();
  }

  @Override
  public Future<Void> upgradeToSsl(SSLOptions options, String name, Buffer buffer) {
    throw unused();
  }

  @Override
  public SSLSession sslSession() {
    throw unused();
  }

  @Override
  public List<Certificate> peerCertificates() {
    throw unused();
  }

  @Override
  public String indicatedServerName() {
    throw unused();
  }

  @Override
  public String applicationLayerProtocol() {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("not part of the script");
  }
}
