package dev.remit.policy.ranger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/// Keeps Ranger's own log above DEBUG, where it is 37 to 84 times slower without a wrong answer
/// that would show it (facts on performance, §4).
///
/// The one place that touches a JVM-wide setting of Ranger's; called before the first engine.
final class RangerLogging {
  private static final String RANGER = "org.apache.ranger";

  private RangerLogging() {}

  /// Raises the level to WARN when it is below INFO.
  static void quiet() {
    if (LoggerFactory.getLogger(RANGER) instanceof Logger logger && logger.isDebugEnabled()) {
      logger.setLevel(Level.WARN);
    }
  }
}
