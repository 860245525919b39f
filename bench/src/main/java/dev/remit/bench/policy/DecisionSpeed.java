package dev.remit.bench.policy;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/// Runs [DecisionBenchmark] under JMH, each measurement in a process of its own, and prints the
/// percentiles. Arguments are JMH's own, for example `-prof stack` or the name of one measurement.
public final class DecisionSpeed {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 5;

  private DecisionSpeed() {}

  /// Runs the measurement.
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .forks(given.getForkCount().orElse(1))
            .warmupIterations(given.getWarmupIterations().orElse(WARM_UPS))
            .measurementIterations(given.getMeasurementIterations().orElse(ROUNDS))
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1))
            .jvmArgsAppend("-Xmx1g");
    if (given.getIncludes().isEmpty()) {
      options.include(DecisionBenchmark.class.getName());
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult result : results) {
      Statistics times = result.getPrimaryResult().getStatistics();
      System.out.printf(
          Locale.ROOT,
          "%-20s p50 %8.3f µs   p95 %8.3f µs   p99 %8.3f µs%n",
          result.getPrimaryResult().getLabel(),
          times.getPercentile(50),
          times.getPercentile(95),
          times.getPercentile(99));
    }
  }
}
