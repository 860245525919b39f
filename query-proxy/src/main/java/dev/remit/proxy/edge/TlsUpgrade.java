package dev.remit.proxy.edge;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Turns a client's plain connection into TLS after its SSLRequest.
///
/// Not by `NetSocket.upgradeToSsl`: in Vert.x 5.0.10 only the first of several servers that share a
/// port has a TLS context, and on all others that call fails (seen: NullPointerException in
/// `NetSocketImpl.sslUpgrade`). So the handler is put into the pipeline here.
public final class TlsUpgrade {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final long handshakeMillis;

  private TlsUpgrade(SSLContext context, long handshakeMillis) {
    this.context = context;
    this.handshakeMillis = handshakeMillis;
  }

  /// Reads the key and the certificate. Blocking.
  ///
  /// @throws RemitException INVALID_CONFIGURATION when they cannot be read
  public static TlsUpgrade of(Vertx vertx, KeyCertOptions key, long handshakeMillis) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key.getKeyManagerFactory(vertx).getKeyManagers(), null, null);
      return new TlsUpgrade(context, handshakeMillis);
    } catch (Exception unreadable) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "the key or certificate of the PostgreSQL port cannot be read; check tls in remit.yaml",
          unreadable);
    }
  }

  /// Answers `S` in clear; from then on every byte belongs to the handshake. Completes with it.
  Future<Void> upgrade(NetSocket socket) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeout(handshakeMillis, TimeUnit.MILLISECONDS);
    Promise<Void> done = Promise.promise();
    handler
        .handshakeFuture()
        .addListener(result -> {
          if (result.isSuccess()) {
            done.tryComplete();
          } else {
            done.tryFail(result.cause());
          }
        });
    socket.write(Buffer.buffer(new byte[] {'S'}));
    ChannelPipeline pipeline = ((NetSocketInternal) socket).channelHandlerContext().pipeline();
    pipeline.addFirst("tls", handler);
    return done.future();
  }
}
