package dev.remit.bench.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `./remit bench wire`: pgbench's point query and a long scan, direct, through pgbouncer, through
/// Remit.
///
/// Contenders take turns within each round; printed are medians over the rounds, and ratios of
/// medians. Times in µs, throughput in transactions per second, CPU of the process in the middle in
/// µs per query.
public final class WireBenchmark {
  private static final int SCALE = 10;
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int SECONDS = Integer.getInteger("seconds", 4);
  private static final Pattern THROUGHPUT = Pattern.compile("tps = ([0-9.]+)");

  private WireBenchmark() {}

  private record Sample(double throughput, double median, double cpu) {}

  /// No arguments; `-Drounds=5 -Dseconds=4`.
  public static void main(String[] arguments) throws Exception {
    for (String protocol : List.of("simple", "extended", "prepared")) {
      String poolMode = protocol.equals("prepared") ? "session" : "transaction";
      try (Contenders contenders = new Contenders(SCALE, poolMode)) {
        List<Contenders.Contender> all = contenders.all();
        for (int clients : new int[] {1, 16}) {
          points(all, protocol, clients);
        }
        if (protocol.equals("simple")) {
          scan(all);
        }
      }
    }
  }

  private static void points(List<Contenders.Contender> all, String protocol, int clients)
      throws Exception {
    Map<String, List<Sample>> samples = new HashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Contenders.Contender contender : all) {
        Sample sample = point(contender, protocol, clients);
        if (round > 0) {
          samples.computeIfAbsent(contender.name(), ignored -> new ArrayList<>()).add(sample);
        }
      }
    }
    System.out.printf("point query, %s protocol, %d client(s)%n", protocol, clients);
    double bouncer = median(of(samples, "pgbouncer").stream().map(Sample::throughput));
    for (Contenders.Contender contender : all) {
      List<Sample> own = of(samples, contender.name());
      double throughput = median(own.stream().map(Sample::throughput));
      System.out.printf(
          "  %-10s %8.0f tps  p50 %6.0f us  cpu %5.1f us/query  %.2f x pgbouncer%n",
          contender.name(),
          throughput,
          median(own.stream().map(Sample::median)),
          median(own.stream().map(Sample::cpu)),
          throughput / bouncer);
    }
  }

  private static Sample point(Contenders.Contender contender, String protocol, int clients)
      throws Exception {
    Path folder = Files.createTempDirectory("pgbench");
    Path script =
        Files.writeString(
            folder.resolve("point.sql"),
            "\\set aid random(1, "
                + 100_000 * SCALE
                + ")\nselect abalance from pgbench_accounts where aid = :aid;\n");
    double before = processorSeconds(contender.processId());
    String output =
        Commands.run(
            contender.environment(),
            "pgbench",
            "-n",
            "-M",
            protocol,
            "-c",
            "" + clients,
            "-j",
            "1",
            "-T",
            "" + SECONDS,
            "-l",
            "--log-prefix=" + folder.resolve("log"),
            "-f",
            script.toString());
    double used = processorSeconds(contender.processId()) - before;
    Matcher throughput = THROUGHPUT.matcher(output);
    if (!throughput.find()) {
      throw new IOException("pgbench printed no throughput:\n" + output);
    }
    double[] latencies = latencies(folder);
    return new Sample(
        Double.parseDouble(throughput.group(1)),
        latencies[latencies.length / 2],
        used * 1e6 / latencies.length);
  }

  /// Third column of pgbench's transaction log: elapsed µs.
  private static double[] latencies(Path folder) throws IOException {
    List<Double> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().contains("log.")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.forEach(line -> all.add(Double.parseDouble(line.split(" ")[2])));
        }
      }
    }
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /// A scan of all accounts, with a masked column, read by psql and thrown away.
  private static void scan(List<Contenders.Contender> all) throws Exception {
    Map<String, List<Double>> seconds = new HashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Contenders.Contender contender : all) {
        long start = System.nanoTime();
        Commands.run(
            contender.environment(),
            "psql",
            "-XAtq",
            "-o",
            "/dev/null",
            "-c",
            "select aid, bid, abalance from pgbench_accounts");
        if (round > 0) {
          seconds
              .computeIfAbsent(contender.name(), ignored -> new ArrayList<>())
              .add((System.nanoTime() - start) / 1e9);
        }
      }
    }
    System.out.printf("scan of %,d rows%n", 100_000 * SCALE);
    double direct = median(of(seconds, "direct").stream());
    for (Contenders.Contender contender : all) {
      double own = median(of(seconds, contender.name()).stream());
      System.out.printf("  %-10s %6.2f s  %.2f x direct%n", contender.name(), own, direct / own);
    }
  }

  private static <T> List<T> of(Map<String, List<T>> measured, String contender) {
    return Objects.requireNonNull(measured.get(contender), contender);
  }

  private static double median(Stream<Double> values) {
    double[] sorted = values.mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// User and system time of a process, from /proc; 0 where there is none.
  private static double processorSeconds(long processId) throws IOException {
    if (processId == 0) {
      return 0;
    }
    String status = Files.readString(Path.of("/proc/" + processId + "/stat"));
    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }
}
