package dev.remit.bench.wire;

import dev.remit.bench.wire.Contenders.Contender;
import dev.remit.bench.wire.PointLoad.Query;
import dev.remit.bench.wire.PointLoad.Sample;
import dev.remit.platform.db.EmbeddedStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `./remit bench wire [PART…]`: point queries, a long scan and statements never seen before,
/// direct, through pgbouncer, through Remit, and through Remit with its log apart.
///
/// Contenders take turns within each round; printed are medians over the rounds, and ratios of
/// medians. Times in µs, throughput in queries a second, CPU of the process in the middle in µs a
/// query. Parts: simple, extended, prepared, person, scan, first. `-Drounds=5 -Dseconds=4
/// -Donly=NAME`.
public final class WireBenchmark {
  private static final int SCALE = 10;
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int SECONDS = Integer.getInteger("seconds", 4);
  private static final int FIRST_SIGHTS = 400;
  private static final List<String> PARTS =
      List.of("simple", "extended", "prepared", "person", "scan", "first");

  /// For a profile of one contender alone: its ratios then say nothing.
  private static final String ONLY = System.getProperty("only", "");

  private WireBenchmark() {}

  /// The arguments name the parts; none = all.
  public static void main(String[] arguments) throws Exception {
    List<String> parts = arguments.length == 0 ? PARTS : Arrays.asList(arguments);
    try (Contenders contenders = new Contenders(SCALE)) {
      for (String part : parts) {
        switch (part) {
          case "simple", "extended" -> points(contenders.all("transaction"), part);
          case "prepared" -> points(contenders.all("session"), part);
          case "person" -> persons(contenders);
          case "scan" -> scan(contenders.all("transaction"));
          case "first" -> first(contenders);
          default -> throw new IllegalArgumentException("parts are " + PARTS);
        }
      }
    }
  }

  private static void points(List<Contender> all, String protocol) throws Exception {
    for (int clients : new int[] {1, 16}) {
      print("point query, %s protocol, %d client(s)".formatted(protocol, clients));
      points(all, new PointLoad(protocol, clients, SECONDS, Query.ACCOUNT));
    }
  }

  private static void points(List<Contender> all, PointLoad load) throws Exception {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    int keys =
        load.query() == Query.ACCOUNT ? Contenders.ACCOUNTS_PER_SCALE * SCALE : Contenders.PERSONS;
    for (int round = 0; round <= ROUNDS; round++) {
      for (Contender contender : all) {
        if (!ONLY.isEmpty() && !ONLY.contains(contender.name().replace(" ", "_"))) {
          continue;
        }
        Sample sample = load.run(contender, keys);
        if (round > 0) {
          samples.computeIfAbsent(contender.name(), ignored -> new ArrayList<>()).add(sample);
        }
      }
    }
    double direct = Medians.of(of(samples, "direct"), Sample::throughput);
    double bouncer = Medians.of(of(samples, "pgbouncer"), Sample::throughput);
    double median = Medians.of(of(samples, "direct"), Sample::median);
    samples.forEach((name, own) -> {
      double throughput = Medians.of(own, Sample::throughput);
      print(
          "  %-17s %.2f x pgbouncer, %.2f x direct; %,7.0f/s; p50 %5.0f (%+.0f), p99 %6.0f; cpu %.1f"
              .formatted(
                  name,
                  throughput / bouncer,
                  throughput / direct,
                  throughput,
                  Medians.of(own, Sample::median),
                  Medians.of(own, Sample::median) - median,
                  Medians.of(own, Sample::late),
                  Medians.of(own, Sample::cpu)));
    });
  }

  /// The answer waits for its record; beside it one bare commit in Remit's own database.
  private static void persons(Contenders contenders) throws Exception {
    for (int clients : new int[] {1, 16}) {
      print("clear personal column, extended protocol, %d client(s)".formatted(clients));
      points(
          contenders.all("transaction"), new PointLoad("extended", clients, SECONDS, Query.PERSON));
    }
    EmbeddedStore.Access store = contenders.store();
    try (Connection connection =
            DriverManager.getConnection(store.jdbcUrl(), store.user(), store.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create table bare_commit (id bigserial primary key, payload bytea)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into bare_commit (payload) values (?)")) {
        byte[] payload = new byte[1_500];
        double[] micros = new double[2_000];
        for (int i = 0; i < micros.length; i++) {
          long begin = System.nanoTime();
          insert.setBytes(1, payload);
          insert.executeUpdate();
          micros[i] = (System.nanoTime() - begin) / 1e3;
        }
        Arrays.sort(micros);
        print("  one bare INSERT, committed: p50 %.0f".formatted(micros[micros.length / 2]));
      }
    }
  }

  /// A scan of all accounts, read by psql and thrown away.
  private static void scan(List<Contender> all) throws Exception {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Contender contender : all) {
        long start = System.nanoTime();
        Commands.run(
            contender.environment(),
            List.of(
                "psql",
                "-XAtq",
                "-o",
                "/dev/null",
                "-c",
                "select aid, bid, abalance from pgbench_accounts"));
        double took = (System.nanoTime() - start) / 1e9;
        if (round > 0) {
          seconds.computeIfAbsent(contender.name(), ignored -> new ArrayList<>()).add(took);
        }
      }
    }
    print("scan of %,d rows by psql".formatted(Contenders.ACCOUNTS_PER_SCALE * SCALE));
    double direct = Medians.of(of(seconds, "direct"), Double::doubleValue);
    seconds.forEach((name, own) -> {
      double took = Medians.of(own, Double::doubleValue);
      print("  %-17s %.2f x direct; %.2f s".formatted(name, direct / took, took));
    });
  }

  /// Statements whose words nobody has sent before, by pgjdbc, after some to warm up.
  private static void first(Contenders contenders) throws SQLException {
    print("first sight of a statement, p50 of %d".formatted(FIRST_SIGHTS));
    for (FirstSight kind : FirstSight.values()) {
      double direct = kind.median(contenders.direct(), FIRST_SIGHTS);
      double remit = kind.median(contenders.remit(), FIRST_SIGHTS);
      print(
          "  %-22s %+.2f ms; direct %.2f ms, remit %.2f ms"
              .formatted(kind.title(), (remit - direct) / 1e3, direct / 1e3, remit / 1e3));
    }
  }

  /// Shapes of statements.
  private enum FirstSight {
    POINT("point query", "select abalance as a%1$d from pgbench_accounts where aid = 7"),
    JOIN(
        "join with aggregate",
        "select b.bid as b%1$d, count(*), sum(a.abalance) from pgbench_accounts a"
            + " join pgbench_branches b on b.bid = a.bid where a.aid < 50 group by b.bid");

    private final String title;
    private final String sql;

    FirstSight(String title, String sql) {
      this.title = title;
      this.sql = sql;
    }

    String title() {
      return title;
    }

    double median(Contender contender, int count) throws SQLException {
      double[] micros = new double[count];
      try (Connection connection = contender.connect();
          Statement statement = connection.createStatement()) {
        for (int i = -2 * count; i < count; i++) {
          long begin = System.nanoTime();
          try (ResultSet rows = statement.executeQuery(sql.formatted(i + 3 * count))) {
            rows.next();
          }
          if (i >= 0) {
            micros[i] = (System.nanoTime() - begin) / 1e3;
          }
        }
      }
      Arrays.sort(micros);
      return micros[count / 2];
    }
  }

  private static <T> List<T> of(Map<String, List<T>> measured, String contender) {
    return measured.getOrDefault(contender, measured.values().iterator().next());
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
