package dev.remit.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Goal: a table's schema is compared again a second after it was last seen to be the scanned one,
/// however often it is asked for in between.
class PreparedStatementsTest {
  private static final List<Long> TABLES = List.of(7L);

  @Test
  void askingOftenDoesNotPutTheNextCheckOff() {
    PreparedStatements prepared = new PreparedStatements();
    assertThat(prepared.mustCheck(TABLES, 0)).isTrue();
    prepared.checked(TABLES, 0);
    for (long millis = 100; millis <= 1_000; millis += 100) {
      assertThat(prepared.mustCheck(TABLES, millis * 1_000_000)).isFalse();
    }
    assertThat(prepared.mustCheck(TABLES, 1_100_000_000)).isTrue();
  }

  @Test
  void aCheckThatWasNotAnsweredIsNoCheck() {
    PreparedStatements prepared = new PreparedStatements();
    assertThat(prepared.mustCheck(TABLES, 0)).isTrue();
    assertThat(prepared.mustCheck(TABLES, 1)).isTrue();
  }
}
