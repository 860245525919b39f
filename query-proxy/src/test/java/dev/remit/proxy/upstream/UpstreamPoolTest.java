package dev.remit.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.Blocking;
import dev.remit.proxy.upstream.UpstreamTarget.Tls;
import dev.remit.proxy.wire.BackendMessages;
import dev.remit.proxy.wire.TcpLiveness;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Goal: a source that says nothing, or is exchanged for another, holds neither connections nor
/// those who wait for one.
class UpstreamPoolTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Blocking blocking = new Blocking(vertx);
  private ServerSocket silent;
  private UpstreamPool pool;

  @BeforeEach
  void start() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    UpstreamTarget target = target("127.0.0.1", Tls.NONE);
    pool =
        onLoop(() ->
            new UpstreamPool(
                vertx, vertx.createNetClient(new NetClientOptions()), blocking, () -> target, 1));
  }

  @AfterEach
  void stop() throws IOException {
    silent.close();
    blocking.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void aSourceThatAcceptsAndSaysNothingIsGivenUp() {
    assertThatThrownBy(() -> borrowed().orTimeout(5, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
    assertThat(onLoop(pool::openCount)).isZero();
  }

  @Test
  void aSourceThatSkipsItsOwnProofIsNotLoggedInAt() throws Exception {
    Buffer offer = Buffer.buffer();
    BackendMessages.authenticationSasl(offer, "SCRAM-SHA-256");
    Buffer taken = Buffer.buffer();
    BackendMessages.authenticationOk(taken);
    CompletableFuture<UpstreamConnection> borrowed = borrowed();
    try (Socket socket = silent.accept()) {
      assertThat(socket.getInputStream().read()).isNotNegative();
      socket.getOutputStream().write(offer.getBytes());
      socket.getOutputStream().write(taken.getBytes());
      assertThatThrownBy(() -> borrowed.orTimeout(5, TimeUnit.SECONDS).join())
          .hasMessageContaining("did not prove");
    }
  }

  @Test
  void aPasswordIsShownOnlyToAProvenSourceOrOnThisMachine() {
    assertThat(UpstreamLogin.mayShowPassword(target("127.0.0.1", Tls.NONE))).isTrue();
    assertThat(UpstreamLogin.mayShowPassword(target("localhost", Tls.NONE))).isTrue();
    assertThat(UpstreamLogin.mayShowPassword(target("db.example", Tls.VERIFY_FULL))).isTrue();
    assertThat(UpstreamLogin.mayShowPassword(target("db.example", Tls.REQUIRE))).isFalse();
    assertThat(UpstreamLogin.mayShowPassword(target("127.0.0.1.example", Tls.NONE))).isFalse();
  }

  @Test
  void whoWaitsForASourceThatIsExchangedIsToldSo() {
    CompletableFuture<UpstreamConnection> waiting = borrowed();
    RemitException exchanged = new RemitException(ErrorCode.SOURCE_UNAVAILABLE, "exchanged");
    onLoop(() -> {
      pool.close(exchanged);
      return true;
    });
    assertThatThrownBy(() -> waiting.orTimeout(5, TimeUnit.SECONDS).join()).hasCause(exchanged);
    assertThatThrownBy(() -> borrowed().orTimeout(5, TimeUnit.SECONDS).join()).hasCause(exchanged);
  }

  @Test
  void aQueueThatIsTooLongIsToldAtOnceAndIsNobodyElses() {
    onLoop(() -> {
      for (int i = 0; i < Borrowers.MAXIMUM_WAITING; i++) {
        var unused = pool.borrow("analyst");
      }
      return true;
    });
    assertThat(onLoop(() -> pool.borrow("analyst").failed())).isTrue();
    assertThat(onLoop(() -> pool.borrow("other").isComplete())).isFalse();
  }

  @Test
  void aPeerThatSaysNothingIsProbed() {
    NetClient client = vertx.createNetClient(TcpLiveness.sources(new NetClientOptions()));
    NetSocketInternal socket =
        (NetSocketInternal)
            client
                .connect(silent.getLocalPort(), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    TcpLiveness.probe(socket);
    var config = socket.channelHandlerContext().channel().config();
    assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
    if (vertx.isNativeTransportEnabled()) {
      assertThat(option(config, "TCP_KEEPIDLE")).isEqualTo(30);
      assertThat(option(config, "TCP_USER_TIMEOUT")).isEqualTo(120_000);
    }
  }

  private static Object option(io.netty.channel.ChannelConfig config, String name) {
    return config.getOption(
        ChannelOption.<Object>valueOf("io.netty.channel.epoll.EpollChannelOption#" + name));
  }

  private UpstreamTarget target(String host, Tls tls) {
    return new UpstreamTarget(
        host, silent.getLocalPort(), "d", "u", "p", tls, Optional.empty(), 4, 4, 300, 60_000);
  }

  private CompletableFuture<UpstreamConnection> borrowed() {
    return onLoop(() -> pool.borrow("analyst").toCompletionStage().toCompletableFuture());
  }

  private <T> T onLoop(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    vertx.runOnContext(ignored -> {
      try {
        done.complete(work.get());
      } catch (RuntimeException failure) {
        done.completeExceptionally(failure);
      }
    });
    return done.orTimeout(5, TimeUnit.SECONDS).join();
  }
}
