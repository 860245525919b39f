package dev.remit.bench.wire;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// Middles of what was measured several times.
final class Medians {
  private Medians() {}

  static <T> double of(Collection<T> samples, ToDoubleFunction<T> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
