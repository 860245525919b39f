package dev.remit.evidence.sequence;

import java.sql.SQLException;

/// Runs each step of the sequencer: directly in the product; with faults before it (not persisted)
/// or after it (persisted, but unanswered) in the fault table of the tests.
public interface StepRunner {
  /// One step's work.
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /// Runs the work once and returns its result.
  <T> T run(Step step, Work<T> work) throws SQLException;

  /// The product's runner.
  StepRunner DIRECT =
      new StepRunner() {
        @Override
        public <T> T run(Step step, Work<T> work) throws SQLException {
          return work.run();
        }
      };
}
