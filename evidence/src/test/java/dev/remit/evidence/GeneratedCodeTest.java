package dev.remit.evidence;

import dev.remit.platform.testing.JooqCode;
import org.junit.jupiter.api.Test;

/// Goal: the committed jOOQ code is what the migrations make. Method: migrate an empty database,
/// generate again, compare.
class GeneratedCodeTest {
  @Test
  void generatedCodeIsThatOfTheMigratedSchema() throws Exception {
    JooqCode.assertCurrent("evidence", "dev.remit.evidence.db");
  }
}
