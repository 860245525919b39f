package dev.remit.bench.evidence;

import dev.remit.evidence.EvidenceLog;
import dev.remit.evidence.model.EvidenceSettings;
import dev.remit.evidence.model.LogEntry;
import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.crypto.KeyRing;
import dev.remit.platform.db.Database;
import dev.remit.platform.db.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.impl.DSL;

/// Durable acknowledged appends a second with 64 clients, beside 64 clients that each send a bare
/// `INSERT`, committed, of as many bytes into the same server; with the processor time that each
/// cost here and in the server, which other load on the machine hardly changes.
///
/// The server is the product's own embedded PostgreSQL, which refuses to run without fsync and
/// synchronous commit. Rounds alternate; each client waits for its answer before it sends again.
/// The entry is an access intent as the proxy writes it (ten fields), then a short one (two
/// fields).
///
/// Arguments: seconds of a round (5), rounds of each kind (5), clients (64).
public final class AppendLoad {
  private final int roundSeconds;
  private final int rounds;
  private final int clients;
  private final ProcessHandle server;

  private AppendLoad(int roundSeconds, int rounds, int clients, ProcessHandle server) {
    this.roundSeconds = roundSeconds;
    this.rounds = rounds;
    this.clients = clients;
    this.server = server;
  }

  /// One client's request; returns when it is durable.
  @FunctionalInterface
  private interface Request extends AutoCloseable {
    void send() throws SQLException;

    @Override
    default void close() throws SQLException {}
  }

  /// Makes the request of one client, with what it needs for itself.
  @FunctionalInterface
  private interface Client {
    Request open() throws SQLException;
  }

  /// Answers a second of one round, the processor time that each cost in this process and in the
  /// server, and the time of each, in nanoseconds, sorted.
  private record Round(
      double perSecond, double clientCpuMicros, double serverCpuMicros, List<Long> nanos) {
    double micros(double quantile) {
      return nanos.get((int) ((nanos.size() - 1) * quantile)) / 1_000.0;
    }
  }

  /// Runs the measurement.
  public static void main(String[] arguments) throws IOException {
    int roundSeconds = argument(arguments, 0, 5);
    int rounds = argument(arguments, 1, 5);
    int clients = argument(arguments, 2, 64);
    Path folder = Files.createTempDirectory("remit-append-load");
    SecureRandom random = new SecureRandom();
    try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("postgres"), 0, random);
        KeyRing keys = EmbeddedKeyRing.open(folder.resolve("keys"), random)) {
      EmbeddedStore.Access access = store.store();
      try (Database database =
          new Database(access.jdbcUrl(), access.user(), access.password(), clients + 8)) {
        new AppendLoad(roundSeconds, rounds, clients, server(database)).run(database, keys);
      }
    }
  }

  private void run(Database database, KeyRing keys) {
    database.sql().execute("create table bare (id bigserial primary key, payload bytea not null)");
    EvidenceSettings settings = EvidenceSettings.of("bench.example");
    try (EvidenceLog log = new EvidenceLog(database, keys, Clock.systemUTC(), settings)) {
      for (boolean small : new boolean[] {false, true}) {
        log.append(entry(small)).join();
        int bytes = bytesOfLast(database, log.size() - 1);
        print("%s entry: %d bytes of leaf and body".formatted(small ? "short" : "access", bytes));
        compare(() -> () -> log.append(entry(small)).join(), bareInsert(database, bytes));
      }
      long size = log.size();
      print("%.1f leaves to a transaction".formatted(size / (double) transactions(database)));
      long start = System.nanoTime();
      log.checkpoint();
      print("checkpoint over %d leaves: %.1f ms".formatted(size, millisSince(start)));
      start = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        log.inclusionProof(size / 100 * i, size);
      }
      print("inclusion proof: %.2f ms mean of 100".formatted(millisSince(start) / 100));
    }
  }

  private void compare(Client append, Client insert) {
    round(append);
    round(insert);
    List<Round> appended = new ArrayList<>();
    List<Round> inserted = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      appended.add(round(append));
      inserted.add(round(insert));
    }
    report("log append", appended);
    report("bare INSERT", inserted);
    print("ratio of medians: %.2f".formatted(median(appended) / median(inserted)));
  }

  private Round round(Client client) {
    long end = System.nanoTime() + Duration.ofSeconds(roundSeconds).toNanos();
    List<Long> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    Duration clientCpu = clientCpu();
    Duration serverCpu = serverCpu();
    long start = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      threads.add(Thread.startVirtualThread(() -> sendUntil(end, client, all)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while measuring", interrupted);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    all.sort(Long::compare);
    return new Round(
        all.size() / seconds,
        clientCpu().minus(clientCpu).toNanos() / 1_000.0 / all.size(),
        serverCpu().minus(serverCpu).toNanos() / 1_000.0 / all.size(),
        all);
  }

  private static Duration clientCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Of all processes of the server that live now.
  private Duration serverCpu() {
    return Stream.concat(Stream.of(server), server.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// The process that all backends are children of.
  private static ProcessHandle server(Database database) {
    int backend = database.sql().fetchSingle("select pg_backend_pid()").get(0, Integer.class);
    return ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
  }

  private static void sendUntil(long end, Client client, List<Long> all) {
    List<Long> own = new ArrayList<>();
    try (Request request = client.open()) {
      for (long now = System.nanoTime(); now < end; ) {
        request.send();
        long after = System.nanoTime();
        own.add(after - now);
        now = after;
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("a client failed", failure);
    }
    synchronized (all) {
      all.addAll(own);
    }
  }

  private static Client bareInsert(Database database, int bytes) {
    return () -> {
      byte[] payload = new byte[bytes];
      new SecureRandom().nextBytes(payload);
      Connection connection = database.dataSource().getConnection();
      PreparedStatement statement =
          connection.prepareStatement("insert into bare (payload) values (?)");
      return new Request() {
        @Override
        public void send() throws SQLException {
          statement.setBytes(1, payload);
          statement.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
          statement.close();
          connection.close();
        }
      };
    };
  }

  private static LogEntry entry(boolean small) {
    String correlation = UUID.randomUUID().toString();
    if (small) {
      return new LogEntry(
          "bench.short", Clock.systemUTC().instant(), Map.of("correlation", correlation, "n", 7L));
    }
    return new LogEntry(
        "access.intent",
        Clock.systemUTC().instant(),
        Map.of(
            "correlation",
            correlation,
            "principal",
            "analyst",
            "purpose",
            "analytics",
            "source",
            "crm",
            "fingerprint",
            HexFormat.of().formatHex(new byte[32]),
            "statement",
            "select email, country, total from customers join orders using (id) where id = ?",
            "tables",
            List.of("crm.customers", "crm.orders"),
            "columns",
            List.of("crm.customers.email", "crm.customers.country", "crm.orders.total"),
            "policies",
            List.of(3L, 17L),
            "clear",
            false));
  }

  private static int bytesOfLast(Database database, long index) {
    return database
        .sql()
        .fetchSingle(
            "select length(entry) + length(disclosures) from evidence.leaf"
                + " join evidence.body using (leaf_index) where leaf_index = ?",
            DSL.val(index))
        .get(0, Integer.class);
  }

  private static long transactions(Database database) {
    return database
        .sql()
        .fetchSingle("select count(distinct xmin::text) from evidence.leaf")
        .get(0, Long.class);
  }

  private static void report(String name, List<Round> results) {
    double[] rates = results.stream().mapToDouble(Round::perSecond).sorted().toArray();
    Round middle = results.get(results.size() / 2);
    print(
        String.format(
            Locale.ROOT,
            "%-12s %,8.0f/s median (%,.0f to %,.0f); p50 %,.0f, p99 %,.0f, p99.9 %,.0f µs;"
                + " processor %.0f + %.0f µs",
            name,
            median(results),
            rates[0],
            rates[rates.length - 1],
            middle.micros(0.5),
            middle.micros(0.99),
            middle.micros(0.999),
            middle.clientCpuMicros(),
            middle.serverCpuMicros()));
  }

  private static double median(List<Round> results) {
    double[] rates = results.stream().mapToDouble(Round::perSecond).toArray();
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private static int argument(String[] arguments, int position, int otherwise) {
    return arguments.length > position ? Integer.parseInt(arguments[position]) : otherwise;
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
