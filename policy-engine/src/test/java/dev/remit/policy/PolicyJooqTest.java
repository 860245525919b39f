package dev.remit.policy;

import dev.remit.platform.testing.JooqCode;
import org.junit.jupiter.api.Test;

/// Goal: the committed jOOQ code is that of the migrated schema. A column added without
/// regenerating fails here.
class PolicyJooqTest {
  @Test
  void committedCodeIsThatOfTheMigratedSchema() throws Exception {
    JooqCode.assertCurrent("policy", "dev.remit.policy.db");
  }
}
