package dev.remit.server.token;

import dev.remit.platform.testing.JooqCode;
import org.junit.jupiter.api.Test;

/// The committed jOOQ code of schema `server` is what its migrations give.
///
/// Run with `-Dremit.jooq.write=true` to write it.
class JooqCodeTest {
  @Test
  void theCommittedCodeIsCurrent() throws Exception {
    JooqCode.assertCurrent("server", "dev.remit.server.db");
  }
}
