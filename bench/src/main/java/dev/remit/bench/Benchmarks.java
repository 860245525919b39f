package dev.remit.bench;

import dev.remit.bench.classify.TextScannerSpeed;
import dev.remit.bench.evidence.AppendLoad;
import dev.remit.bench.policy.DecisionSpeed;
import dev.remit.bench.wire.WireBenchmark;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What `remit bench NAME` runs: every benchmark by its name.
public final class Benchmarks {
  private static final int WRONG_USAGE = 2;

  /// A benchmark prints its own ratios.
  private interface Benchmark {
    void run(String[] arguments) throws Exception;
  }

  private static final Map<String, Benchmark> BY_NAME =
      new TreeMap<>(
          Map.of(
              "classify", TextScannerSpeed::main,
              "decision", DecisionSpeed::main,
              "log", AppendLoad::main,
              "wire", WireBenchmark::main));

  private Benchmarks() {}

  /// The first argument names the benchmark, the others are its own; without one all of them run.
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) {
      for (Map.Entry<String, Benchmark> benchmark : BY_NAME.entrySet()) {
        System.out.printf("%n== %s%n", benchmark.getKey());
        benchmark.getValue().run(new String[0]);
      }
      return;
    }
    if (!BY_NAME.containsKey(arguments[0])) {
      System.err.println("remit: which benchmark? " + String.join(", ", BY_NAME.keySet()));
      System.exit(WRONG_USAGE);
      return;
    }
    BY_NAME.get(arguments[0]).run(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
