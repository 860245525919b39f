package dev.remit.evidence;

import dev.remit.evidence.sequence.Step;
import dev.remit.evidence.sequence.StepRunner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Lets chosen steps of the sequencer fail, a chosen number of times.
final class PlannedFaults implements StepRunner {
  enum Moment {
    /// The step's work is not done.
    NOT_PERSISTED,
    /// The step's work is done, its answer is lost.
    UNANSWERED
  }

  private static final class Fault {
    final Step step;
    final Moment moment;
    int left;

    Fault(Step step, Moment moment, int left) {
      this.step = step;
      this.moment = moment;
      this.left = left;
    }
  }

  private final List<Fault> faults = new ArrayList<>();
  private int happened;

  synchronized PlannedFaults fail(Step step, Moment moment, int times) {
    faults.add(new Fault(step, moment, times));
    return this;
  }

  /// Faults that have not happened yet.
  synchronized int left() {
    return faults.stream().mapToInt(fault -> fault.left).sum();
  }

  /// From now on nothing fails.
  synchronized void repair() {
    faults.clear();
  }

  /// How many faults have happened.
  synchronized int happened() {
    return happened;
  }

  @Override
  public <T> T run(Step step, Work<T> work) throws SQLException {
    throwPlanned(step, Moment.NOT_PERSISTED);
    T result = work.run();
    try {
      throwPlanned(step, Moment.UNANSWERED);
    } catch (SQLException lost) {
      if (result instanceof java.sql.Connection connection) {
        connection.close();
      }
      throw lost;
    }
    return result;
  }

  private synchronized void throwPlanned(Step step, Moment moment) throws SQLException {
    for (Fault fault : faults) {
      if (fault.step == step && fault.moment == moment && fault.left > 0) {
        fault.left--;
        happened++;
        throw new SQLException("planned: " + step + " " + moment, "08006");
      }
    }
  }
}
