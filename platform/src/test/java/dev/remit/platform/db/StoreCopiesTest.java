package dev.remit.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.StoreLine;
import dev.remit.platform.testing.TestPostgres;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: what a process holds in memory is what the store holds, in every process; where that
/// cannot be known, nobody is told otherwise.
class StoreCopiesTest {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration SILENCE = Duration.ofMillis(600);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final TestPostgres.Address address = TestPostgres.createDatabase();
  private final StoreLine line = new StoreLine(address);
  private final Database database = line.open();
  private final StoreCopies copies = new StoreCopies(database, settings());

  StoreCopiesTest() {
    address.execute(
        """
        create table one (value bigint not null); insert into one values (1);
        create table two (value bigint not null); insert into two values (1)\
        """);
  }

  @AfterEach
  void close() {
    copies.close();
    database.close();
    line.close();
  }

  private static StoreCopies.Settings settings() {
    return new StoreCopies.Settings(POLL, SILENCE);
  }

  /// A copy of a table's one number.
  private static class Counted implements StoreCopies.Copy {
    private final String table;
    private volatile long held;
    private volatile boolean unreadable;

    Counted(String table, StoreCopies of) {
      this.table = table;
      this.held = stored(of.database().sql());
      of.add(this);
    }

    private long stored(DSLContext sql) {
      return sql.fetchSingle("select value from " + table).get(0, Long.class);
    }

    long held() {
      return held;
    }

    void increase(DSLContext sql) {
      sql.execute("update " + table + " set value = value + 1");
    }

    @Override
    public void lock(DSLContext transaction) {
      transaction.execute("select from " + table + " for update");
    }

    @Override
    public boolean isBehind(DSLContext sql) {
      return stored(sql) > held;
    }

    @Override
    public Runnable read(DSLContext transaction) {
      if (unreadable) {
        throw new IllegalStateException("what is stored does not read");
      }
      long read = stored(transaction);
      return () -> held = Math.max(held, read);
    }
  }

  @Test
  void aChangeOfTwoModulesIsInBothWhenItReturns() {
    Counted one = new Counted("one", copies);
    Counted two = new Counted("two", copies);
    long stamp = copies.stamp();
    copies.change(sql -> {
      one.increase(sql);
      two.increase(sql);
      assertThat(one.held()).isEqualTo(1);
      return true;
    });
    assertThat(one.held()).isEqualTo(2);
    assertThat(two.held()).isEqualTo(2);
    assertThat(copies.isStill(stamp)).isFalse();
    assertThat(copies.isStill(copies.stamp())).isTrue();
  }

  @Test
  void whatDoesNotReadAgainIsNotCommitted() {
    Counted one = new Counted("one", copies);
    Counted two = new Counted("two", copies);
    two.unreadable = true;
    assertThatThrownBy(() ->
            copies.change(sql -> {
              one.increase(sql);
              two.increase(sql);
              return true;
            }))
        .hasMessage("what is stored does not read");
    assertThat(one.held()).isEqualTo(1);
    assertThat(one.stored(database.sql())).isEqualTo(1);
    assertThat(copies.isDoubtful()).isFalse();
  }

  @Test
  void anotherProcessFollows() {
    Counted here = new Counted("one", copies);
    try (Database other = address.open();
        StoreCopies there = new StoreCopies(other, settings())) {
      Counted copy = new Counted("one", there);
      copies.change(sql -> {
        here.increase(sql);
        return true;
      });
      until(() -> copy.held() == 2);
      assertThat(there.isDoubtful()).isFalse();
    }
  }

  /// The doubt is there at once: long before the silence that would raise it too.
  @Test
  void aCommitWhoseAnswerIsLostIsInDoubtUntilItIsReadAgain() {
    try (StoreCopies patient =
        new StoreCopies(database, new StoreCopies.Settings(POLL, Duration.ofMinutes(10)))) {
      Counted one = new Counted("one", patient);
      long certainty = patient.certainty();
      line.loseTheAnswerOfTheNextCommit();
      assertThatThrownBy(() ->
              patient.change(sql -> {
                one.increase(sql);
                return true;
              }))
          .isInstanceOfSatisfying(
              RemitException.class,
              lost -> assertThat(lost.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
          .hasMessageContaining("look before you try again");
      assertThat(one.held()).isEqualTo(1);
      assertThat(patient.isDoubtful()).isTrue();
      assertThat(patient.certainty()).isGreaterThan(certainty);
      assertThatThrownBy(patient::requireCertainty).hasMessageContaining("allows nothing");
      line.mend();
      until(() -> !patient.isDoubtful());
      assertThat(one.held()).isEqualTo(2);
    }
  }

  @Test
  void aStoreThatIsSilentForTooLongIsInDoubtUntilItAnswers() {
    Counted one = new Counted("one", copies);
    line.cut();
    until(copies::isDoubtful);
    assertThat(one.held()).isEqualTo(1);
    line.mend();
    until(() -> !copies.isDoubtful());
  }

  @Test
  void aCopyThatCannotBePutInPlaceIsInDoubtAndReadersAreNotHeldUp() {
    Counted one =
        new Counted("one", copies) {
          @Override
          public Runnable read(DSLContext transaction) {
            return () -> {
              throw new IllegalStateException("no room");
            };
          }
        };
    assertThatThrownBy(() ->
            copies.change(sql -> {
              one.increase(sql);
              return true;
            }))
        .hasMessage("the store did not say whether the change was made; look before you try again");
    assertThat(copies.isDoubtful()).isTrue();
    assertThat(copies.isStill(copies.stamp())).isTrue();
  }

  private static void until(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as("nanoseconds waited").isLessThan(PATIENCE_NANOS);
      Thread.onSpinWait();
    }
  }
}
