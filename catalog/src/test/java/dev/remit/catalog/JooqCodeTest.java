package dev.remit.catalog;

import dev.remit.platform.testing.JooqCode;
import org.junit.jupiter.api.Test;

/// The committed jOOQ code is what the migrated schema gives. Write it anew with
/// `-Dremit.jooq.write=true`.
class JooqCodeTest {
  @Test
  void committedCodeIsGeneratedFromTheMigrations() throws Exception {
    JooqCode.assertCurrent("catalog", "dev.remit.catalog.db");
  }
}
