package dev.remit.policy.ranger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.remit.policy.testing.RealSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Goal: an engine never runs with Ranger's debug log on, whatever the configuration says.
class RangerLoggingTest {
  @Test
  void compilingPoliciesTakesRangerOutOfDebug() {
    Logger logger = (Logger) LoggerFactory.getLogger("org.apache.ranger");
    logger.setLevel(Level.DEBUG);
    RangerPolicies.compile(RealSource.NAME, List.of());
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(
            LoggerFactory.getLogger(
                    "org.apache.ranger.plugin.policyevaluator.RangerDefaultPolicyEvaluator")
                .isDebugEnabled())
        .isFalse();
  }
}
