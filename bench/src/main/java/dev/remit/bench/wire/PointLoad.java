package dev.remit.bench.wire;

import dev.remit.bench.wire.Contenders.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// pgbench's point query by one contender: how many a second, how long each takes, what the process
/// in the middle spends on each.
record PointLoad(String protocol, int clients, int seconds, Query query) {
  private static final Pattern THROUGHPUT = Pattern.compile("tps = ([0-9.]+)");
  private static final double TICKS_PER_SECOND = 100;

  /// One row by its key.
  enum Query {
    /// No personal column: the answer may run ahead of the log.
    ACCOUNT("select abalance from pgbench_accounts where aid = :key"),
    /// A clear personal column: the answer waits for its record.
    PERSON("select email from persons where id = :key");

    private final String sql;

    Query(String sql) {
      this.sql = sql;
    }
  }

  /// @param throughput queries a second
  /// @param median µs
  /// @param late µs, 99th percentile
  /// @param cpu µs of the process in the middle for each query
  record Sample(double throughput, double median, double late, double cpu) {}

  Sample run(Contender contender, int keys) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("pgbench");
    Path script =
        Files.writeString(
            folder.resolve("point.sql"), "\\set key random(1, " + keys + ")\n" + query.sql + ";\n");
    double before = processorSeconds(contender.processId());
    String output =
        Commands.run(
            contender.environment(),
            List.of(
                "pgbench",
                "-n",
                "-M",
                protocol,
                "-c",
                Integer.toString(clients),
                "-j",
                "1",
                "-T",
                Integer.toString(seconds),
                "-l",
                "--log-prefix=" + folder.resolve("log"),
                "-f",
                script.toString()));
    double used = processorSeconds(contender.processId()) - before;
    Matcher throughput = THROUGHPUT.matcher(output);
    if (!throughput.find()) {
      throw new IOException("pgbench printed no throughput:\n" + output);
    }
    double[] latencies = latencies(folder);
    return new Sample(
        Double.parseDouble(throughput.group(1)),
        latencies[latencies.length / 2],
        latencies[(int) (latencies.length * 0.99)],
        used * 1e6 / latencies.length);
  }

  /// Third column of pgbench's transaction log: elapsed µs.
  private static double[] latencies(Path folder) throws IOException {
    List<Double> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().contains("log.")).toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          lines.forEach(line -> all.add(Double.parseDouble(line.split(" ", -1)[2])));
        }
        Files.delete(file);
      }
    }
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /// User and system time of a process, from /proc; 0 where there is none.
  private static double processorSeconds(long processId) throws IOException {
    if (processId == 0) {
      return 0;
    }
    String status = Files.readString(Path.of("/proc/" + processId + "/stat"));
    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
