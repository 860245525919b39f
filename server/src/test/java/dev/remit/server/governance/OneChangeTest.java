package dev.remit.server.governance;

import static dev.remit.server.governance.GovernedNode.AUTHOR;
import static dev.remit.server.governance.GovernedNode.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.crypto.EmbeddedKeyRing;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.testing.StoreLine;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.IssuedToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: catalog and policies change together, in every process on one store, whatever breaks
/// between; and where nobody can say what is in force, nobody reads on what was.
class OneChangeTest {
  private static final int MOVES = 60;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  /// The column is masked because of its tag.
  private static final String BY_TAG =
      """
      purposes: {work: {title: Work, basis: contract}}
      tables: {public.people: {columns: {nick: {tags: [contact.email]}}}}
      policies:
        - name: people
          tables: [public.people]
          columns: ['*']
          to: {groups: [staff]}
          for: [work]
          masks: [{tags: [contact.email], with: redact}]
      """;

  /// The tag is gone; the column is masked by its name.
  private static final String BY_COLUMN =
      """
      tables: {public.people: {columns: {nick: {none: true}}}}
      policies:
        - name: people
          tables: [public.people]
          columns: ['*']
          to: {groups: [staff]}
          for: [work]
          masks: [{columns: [nick], with: redact}]
      """;

  private static final String CLEAR =
      """
      policies:
        - name: people
          tables: [public.people]
          columns: ['*']
          to: {groups: [staff]}
          for: [work]
      """;

  @TempDir private Path folder;
  private final TestPostgres.Address store = TestPostgres.createDatabase();
  private final StoreLine line = new StoreLine(store);
  private EmbeddedKeyRing keys;
  private GovernedNode here;
  private GovernedNode there;

  @BeforeEach
  void start() {
    TestPostgres.Address shop = TestPostgres.createDatabase();
    String role = "reader_" + shop.database();
    shop.execute(
        """
        create table people (id int primary key, nick text);
        create role %1$s login password 'reads only';
        grant select on people to %1$s\
        """
            .formatted(role));
    keys = EmbeddedKeyRing.open(folder, new SecureRandom());
    here = new GovernedNode(line.open(), keys, Duration.ofMinutes(1));
    String url =
        "postgresql://%s@%s:%d/%s".formatted(role, shop.host(), shop.port(), shop.database());
    here.catalog.addSource(SOURCE, url, "reads only", AUTHOR);
    here.catalog.scan(SOURCE, AUTHOR);
    here.policy.addUser("ann", "secret", Set.of("staff"), Map.of(), AUTHOR);
    here.apply(BY_TAG);
    there = new GovernedNode(store.open(), keys, Duration.ofMinutes(1));
    assertThat(here.sees("ann", "nick")).isEqualTo("redact");
    assertThat(there.sees("ann", "nick")).isEqualTo("redact");
  }

  @AfterEach
  void stop() {
    line.mend();
    there.close();
    here.close();
    keys.close();
    line.close();
  }

  @Test
  void aFaultAfterTheCatalogsPartChangesNeither() {
    here.unloggable = "policy.applied";
    assertThatThrownBy(() -> here.apply(BY_COLUMN)).hasMessage("the log is full");
    assertThat(here.sees("ann", "nick")).isEqualTo("redact");
    there.copies.look();
    assertThat(there.sees("ann", "nick")).isEqualTo("redact");
    here.unloggable = "";
    here.apply(BY_COLUMN);
    assertThat(here.sees("ann", "nick")).isEqualTo("redact");
  }

  @Test
  void aMaskThatMovesFromATagToAColumnIsInForceAllTheTimeInEveryProcess() throws Exception {
    AtomicBoolean moving = new AtomicBoolean(true);
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    Thread reader = Thread.ofPlatform().start(() -> look(here, moving, seen));
    Thread follower = Thread.ofPlatform().start(() -> look(there, moving, seen));
    for (int move = 0; move < MOVES; move++) {
      here.apply(move % 2 == 0 ? BY_COLUMN : BY_TAG);
    }
    moving.set(false);
    reader.join();
    follower.join();
    assertThat(seen).isEmpty();
  }

  private static void look(GovernedNode node, AtomicBoolean moving, Queue<String> seen) {
    while (moving.get()) {
      String how = node.sees("ann", "nick");
      if (!how.equals("redact")) {
        seen.add(how);
      }
    }
  }

  @Test
  void nobodyReadsOnTheOldPolicyWhenTheAnswerOfTheCommitIsLost() {
    here.apply(CLEAR);
    assertThat(here.sees("ann", "nick")).isEqualTo("clear");
    long epoch = here.policy.epoch();
    line.loseTheAnswerOfTheNextCommit();
    assertThatThrownBy(() -> here.apply(BY_TAG))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("look before you try again");
    assertThat(here.sees("ann", "nick")).isEqualTo("denied");
    assertThat(here.policy.epoch()).isGreaterThan(epoch);
    assertThatThrownBy(() -> here.policy.principal("ann")).hasMessageContaining("allows nothing");
    line.mend();
    until(() -> !here.sees("ann", "nick").equals("denied"));
    assertThat(here.sees("ann", "nick")).isEqualTo("redact");
  }

  @Test
  void whatOneProcessTakesAwayIsGoneInTheOther() {
    IssuedToken token =
        here.policy.issueToken("ann", Duration.ofHours(1), PolicyEngine.API, AUTHOR);
    until(() -> there.policy.authenticateToken(token.secret(), PolicyEngine.API).isPresent());
    here.policy.revokeToken(token.id(), AUTHOR);
    until(() -> there.policy.authenticateToken(token.secret(), PolicyEngine.API).isEmpty());
    here.apply(CLEAR);
    until(() -> there.sees("ann", "nick").equals("clear"));
    here.policy.remove(SOURCE, "people", AUTHOR);
    until(() -> there.sees("ann", "nick").equals("hidden"));
    here.policy.removeUser("ann", AUTHOR);
    until(() -> there.policy.principal("ann").isEmpty());
  }

  @Test
  void aProcessThatCannotReadTheStoreDeniesAfterTheBound() {
    here.apply(CLEAR);
    try (GovernedNode apart = new GovernedNode(line.open(), keys, Duration.ofMillis(700))) {
      assertThat(apart.sees("ann", "nick")).isEqualTo("clear");
      line.cut();
      there.policy.removeUser("ann", AUTHOR);
      until(() -> apart.sees("ann", "nick").equals("denied"));
      line.mend();
      until(() -> apart.sees("ann", "nick").equals("hidden"));
    }
  }

  @Test
  void twoProcessesThatChangeAtOnceBothSucceed() throws Exception {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int user = 0; user < 20; user++) {
                  there.policy.addUser("there" + user, "secret", Set.of(), Map.of(), AUTHOR);
                  there.apply(user % 2 == 0 ? BY_COLUMN : BY_TAG);
                }
              } catch (RuntimeException failure) {
                failures.add(failure);
              }
            });
    for (int user = 0; user < 20; user++) {
      here.policy.addUser("here" + user, "secret", Set.of(), Map.of(), AUTHOR);
      here.apply(BY_TAG);
    }
    other.join();
    assertThat(failures).isEmpty();
    until(() -> here.policy.listUsers().size() == 41 && there.policy.listUsers().size() == 41);
  }

  private static void until(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begun).as("nanoseconds waited").isLessThan(PATIENCE_NANOS);
      Thread.onSpinWait();
    }
  }
}
