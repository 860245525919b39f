package dev.remit.proxy.upstream;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.proxy.wire.FrontendMessages;
import dev.remit.proxy.wire.TcpLiveness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens connections to one source: socket, TLS, log-in; and carries cancel requests there.
///
/// Each exchange with the source is bounded: one that accepts and then says nothing is given up.
final class UpstreamConnector {
  /// From the open socket to the end of the log-in, or of a cancel request.
  static final long LONGEST_EXCHANGE_MILLIS = 10_000;

  private final Vertx vertx;
  private final NetClient client;
  private final Blocking blocking;
  private final Supplier<UpstreamTarget> targets;

  /// A connection ready for statements and what the source said of itself.
  record Connected(
      UpstreamConnection connection, UpstreamTarget target, Map<String, String> reported) {}

  /// A socket and the timer that closes it unless the exchange on it ends before.
  private record Opened(NetSocket socket, long timer) {}

  /// @param targets asked on a virtual thread before each log-in, because the password is unsealed
  ///   there and may have changed
  UpstreamConnector(
      Vertx vertx, NetClient client, Blocking blocking, Supplier<UpstreamTarget> targets) {
    this.vertx = vertx;
    this.client = client;
    this.blocking = blocking;
    this.targets = targets;
  }

  /// Fails with SOURCE_UNAVAILABLE or UNSAFE_SOURCE_ROLE.
  Future<Connected> connect() {
    return blocking
        .run(targets::get)
        .compose(target -> open(target).compose(opened -> logIn(target, opened)));
  }

  private Future<Connected> logIn(UpstreamTarget target, Opened opened) {
    UpstreamLogin login = new UpstreamLogin(target, blocking);
    UpstreamConnection connection = new UpstreamConnection(opened.socket, login);
    return login
        .start(connection)
        .onComplete(ignored -> vertx.cancelTimer(opened.timer))
        .map(ready -> new Connected(ready, target, login.reported()));
  }

  /// Completes when the source has taken the request, or cannot be asked: then its connection is
  /// most likely gone as well.
  Future<Void> cancel(UpstreamTarget target, UpstreamConnection connection) {
    Promise<Void> settled = Promise.promise();
    open(target)
        .onFailure(ignored -> settled.tryComplete())
        .onSuccess(opened -> {
          NetSocket socket = opened.socket;
          socket.closeHandler(ignored -> {
            vertx.cancelTimer(opened.timer);
            settled.tryComplete();
          });
          socket.handler(ignored -> {});
          Buffer request = Buffer.buffer();
          FrontendMessages.cancelRequest(request, connection.processId(), connection.secret());
          socket.write(request);
        });
    return settled.future();
  }

  /// A socket to the source, encrypted where the target says so; nothing is sent on it yet.
  private Future<Opened> open(UpstreamTarget target) {
    return client
        .connect(target.port(), target.host())
        .recover(failure -> Future.failedFuture(unreachable(failure)))
        .compose(socket -> {
          TcpLiveness.probe(socket);
          long millis = Math.min(LONGEST_EXCHANGE_MILLIS, target.waitMillis());
          Opened opened = new Opened(socket, vertx.setTimer(millis, ignored -> socket.close()));
          return target.tls() == UpstreamTarget.Tls.NONE
              ? Future.succeededFuture(opened)
              : encrypted(target, socket).map(opened);
        });
  }

  private Future<NetSocket> encrypted(UpstreamTarget target, NetSocket socket) {
    Promise<NetSocket> promise = Promise.promise();
    socket.closeHandler(ignored -> promise.tryFail(unreachable(null)));
    socket.handler(answer -> {
      if (answer.length() != 1 || answer.getByte(0) != 'S') {
        socket.close();
        promise.tryFail(
            new RemitException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "the source does not offer TLS; enable it there, or register it with"
                    + " ?sslmode=disable"));
        return;
      }
      boolean verify = target.tls() == UpstreamTarget.Tls.VERIFY_FULL;
      ClientSSLOptions options =
          new ClientSSLOptions()
              .setTrustAll(!verify)
              .setHostnameVerificationAlgorithm(verify ? "HTTPS" : "");
      socket
          .upgradeToSsl(options, target.host())
          .onComplete(upgraded -> {
            if (upgraded.succeeded()) {
              promise.tryComplete(socket);
            } else {
              socket.close();
              promise.tryFail(unreachable(upgraded.cause()));
            }
          });
    });
    Buffer request = Buffer.buffer();
    FrontendMessages.sslRequest(request);
    socket.write(request);
    return promise.future();
  }

  private static RemitException unreachable(@Nullable Throwable cause) {
    String message = "the source cannot be reached; check that it runs and accepts connections";
    return cause == null
        ? new RemitException(ErrorCode.SOURCE_UNAVAILABLE, message)
        : new RemitException(ErrorCode.SOURCE_UNAVAILABLE, message, cause);
  }
}
