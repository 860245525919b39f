package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.wire.FrontendMessages;
import io.vertx.core.buffer.Buffer;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Goal: 500 clients, half of which ask for much and read nothing: the others are served, and the
/// memory held for the slow ones is bounded by the write queues, not by their results.
class LoadTest {
  private static final int CLIENTS = 500;
  private static final int SLOW = 250;
  private static final long RESULT_BYTES = 8_000_000;

  @Test
  void slowReadersHoldNeitherTheOthersNorMemory() throws Exception {
    try (ProxyFixture proxy =
            new ProxyFixture(
                UnaryOperator.identity(),
                target -> FaultTest.withPool(target, 2 * 135, 60_000),
                Optional.empty());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<RawClient> clients = open(proxy, threads);
      try {
        long before = memoryInUse();
        for (RawClient slow : clients.subList(0, SLOW)) {
          slow.send(query("select repeat('x', 8000) from generate_series(1, 1000)"));
        }
        List<Future<Boolean>> quick = new ArrayList<>();
        for (RawClient client : clients.subList(SLOW, CLIENTS)) {
          quick.add(threads.submit(serve(client)));
        }
        for (Future<Boolean> served : quick) {
          assertThat(served.get(90, TimeUnit.SECONDS)).isTrue();
        }
        long held = memoryInUse() - before;
        assertThat(held).isLessThan(SLOW * RESULT_BYTES / 4);
        assertThat(held).isLessThan(SLOW * 1_000_000L);

        RawClient late = clients.getFirst();
        late.socket.setSoTimeout(30_000);
        assertThat(late.readUntil('Z')).hasSize(1_003);
      } finally {
        for (RawClient client : clients) {
          client.close();
        }
      }
    }
  }

  private static List<RawClient> open(
      ProxyFixture proxy, java.util.concurrent.ExecutorService threads) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int wave = 0; wave < CLIENTS / 50; wave++) {
      List<Future<RawClient>> opening = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        opening.add(threads.submit(() -> RawClient.loggedIn(proxy.port())));
      }
      for (Future<RawClient> client : opening) {
        clients.add(client.get(30, TimeUnit.SECONDS));
      }
    }
    return clients;
  }

  private static Callable<Boolean> serve(RawClient client) {
    return () -> {
      client.socket.setSoTimeout(60_000);
      for (int i = 0; i < 10; i++) {
        client.send(query("select " + i));
        if (!client.typesUntil('Z').equals("TDCZ")) {
          return false;
        }
      }
      return true;
    };
  }

  private static Buffer query(String text) {
    Buffer out = Buffer.buffer();
    FrontendMessages.query(out, text);
    return out;
  }

  /// Live heap and direct buffers of this process, proxy and test client together.
  private static long memoryInUse() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
  }
}
