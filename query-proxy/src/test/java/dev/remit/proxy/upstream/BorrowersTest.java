package dev.remit.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.proxy.upstream.Borrowers.Borrower;
import io.vertx.core.Promise;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Goal: the next free connection goes to who holds the fewest, and nobody gets more than her
/// share, however long her queue is.
class BorrowersTest {
  private final Borrowers borrowers = new Borrowers();
  private final Borrower greedy = borrowers.of("greedy");
  private final Borrower modest = borrowers.of("modest");

  @Test
  void whoHoldsFewerComesFirstThoughSheCameLater() {
    greedy.lent();
    wait(greedy, 3);
    wait(modest, 1);
    assertThat(next(4)).isSameAs(modest);
    assertThat(next(4)).isSameAs(greedy);
  }

  @Test
  void amongEqualsWhoWaitsLongest() {
    wait(modest, 1);
    wait(greedy, 3);
    assertThat(next(4)).isSameAs(modest);
    wait(modest, 1);
    assertThat(next(4)).isSameAs(greedy);
  }

  @Test
  void atHerShareNobodyGetsOneUntilSheReturnedOne() {
    greedy.lent();
    greedy.lent();
    wait(greedy, 1);
    assertThat(borrowers.waitingWithin(2)).isZero();
    assertThat(borrowers.next(2)).isNull();
    greedy.returned();
    assertThat(borrowers.waitingWithin(2)).isPositive();
    assertThat(next(2)).isSameAs(greedy);
  }

  @Test
  void whoHoldsOrWaitsIsNotForgotten() {
    greedy.lent();
    wait(modest, 1);
    borrowers.forgetIdle();
    assertThat(borrowers.of("greedy")).isSameAs(greedy);
    assertThat(borrowers.of("modest")).isSameAs(modest);
    greedy.returned();
    next(1);
    borrowers.forgetIdle();
    assertThat(borrowers.of("greedy")).isNotSameAs(greedy);
  }

  private void wait(Borrower borrower, int times) {
    for (int i = 0; i < times; i++) {
      borrowers.enqueue(borrower, Promise.promise(), 0);
    }
  }

  private Borrower next(int share) {
    return Objects.requireNonNull(borrowers.next(share)).borrower();
  }
}
