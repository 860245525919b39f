package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.policy.testing.RealSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: a short policy decides what its text says, seen in the rows of a real PostgreSQL. Whatever
/// no policy opens stays closed.
class ShortPolicyTest {
  private final PolicyWorld world =
      new PolicyWorld(
          new RealSource(
                  """
                  create table customers (id int primary key, email text, region text, note text);
                  insert into customers values
                    (1, 'anna@example.org', 'EU', 'x'), (2, 'bob@example.com', 'US', null),
                    (3, null, 'EU', 'y');
                  create table orders (id int primary key, customer int)\
                  """)
              .tag("customers.email", "contact.email")
              .purposes("analytics", "service"));

  @AfterEach
  void close() {
    world.close();
  }

  private static final String ANALYSTS =
      """
      - name: analysts read customers
        tables: [public.customers]
        columns: [id, email, region]
        to: {groups: [analysts]}
        for: [analytics]
        masks: [{tags: [contact], with: null}]
        rows: "region = 'EU'"
      """;

  @Test
  void nothingIsVisibleWithoutAPolicy() {
    world.user("ann", "analysts");
    assertThat(world.rows("ann", "analytics", "customers")).containsExactly("denied");
  }

  @Test
  void masksAndRowsHoldForThoseThePolicyNames() {
    world.user("ann", "analysts").user("sue", "support").apply(ANALYSTS);
    assertThat(world.rows("ann", "analytics", "customers")).containsExactly("1|-|EU", "3|-|EU");
    assertThat(world.rows("ann", "service", "customers")).containsExactly("denied");
    assertThat(world.rows("sue", "analytics", "customers")).containsExactly("denied");
    assertThat(world.rows("ann", "analytics", "orders")).containsExactly("denied");
    assertThat(world.rows("nobody", "analytics", "customers")).containsExactly("denied");
  }

  @Test
  void everyDecisionSaysWhy() {
    world.user("ann", "analysts").apply(ANALYSTS);
    assertThat(world.effects("ann", "analytics", "customers"))
        .containsExactly("allow", "mask email with null", "rows where region = 'EU'");
  }

  @Test
  void attributesAreBoundAndAMissingOneHidesEveryRow() {
    world
        .user("eva", Map.of("region", "EU"), "analysts")
        .user("joe", Map.of("region", "x' OR '1'='1"), "analysts")
        .user("tom", "analysts")
        .apply(ANALYSTS.replace("'EU'", "${user.region}"));
    assertThat(world.rows("eva", "analytics", "customers")).containsExactly("1|-|EU", "3|-|EU");
    assertThat(world.rows("joe", "analytics", "customers")).isEmpty();
    assertThat(world.rows("tom", "analytics", "customers")).isEmpty();
  }

  @Test
  void tokensAreTheSameWithinAPurposeAndOthersBetweenPurposes() {
    world
        .user("ann", "analysts")
        .apply(
            """
            - name: tokens
              tables: [public.customers]
              columns: [email]
              to: {groups: [analysts]}
              for: [analytics, service]
              masks: [{tags: [contact.email], with: token}]
            """);
    List<String> analytics = world.rows("ann", "analytics", "customers");
    assertThat(analytics).hasSize(3).contains("-").doesNotContain("anna@example.org");
    assertThat(analytics.getFirst()).matches("[A-Za-z0-9_-]{43}");
    assertThat(world.rows("ann", "analytics", "customers")).isEqualTo(analytics);
    assertThat(world.rows("ann", "service", "customers"))
        .doesNotContainAnyElementsOf(
            analytics.stream().filter(token -> !token.equals("-")).toList());
  }

  @Test
  void denyTakesAwayWhatAnotherPolicyGives() {
    world
        .user("ann", "analysts", "interns")
        .apply(
            ANALYSTS
                + """
                - name: interns see no regions
                  tables: [public.*]
                  columns: [region]
                  to: {groups: [interns]}
                  for: [analytics]
                  deny: true
                """);
    assertThat(world.rows("ann", "analytics", "customers")).containsExactly("1|-", "3|-");
  }

  @Test
  void openPurposesAreThoseThatShowSomething() {
    world.user("ann", "analysts").user("sue").apply(ANALYSTS);
    assertThat(
            world.engine.openPurposes(world.engine.principal("ann").orElseThrow(), RealSource.NAME))
        .containsExactly(new PurposeCode("analytics"));
    assertThat(
            world.engine.openPurposes(world.engine.principal("sue").orElseThrow(), RealSource.NAME))
        .isEmpty();
  }

  @Test
  void aChangeHoldsAtOnceAndMovesTheEpoch() {
    world.user("ann", "analysts");
    long before = world.engine.epoch();
    world.apply(ANALYSTS);
    assertThat(world.engine.epoch()).isGreaterThan(before);
    assertThat(world.rows("ann", "analytics", "customers")).hasSize(2);
    world.engine.remove(RealSource.NAME, "analysts read customers", PolicyWorld.AUTHOR);
    assertThat(world.rows("ann", "analytics", "customers")).containsExactly("denied");
    assertThat(world.log)
        .extracting(entry -> entry.kind())
        .containsExactly("principal.added", "policy.applied", "policy.removed");
  }

  @Test
  void whatWasAppliedIsThereAfterARestart() {
    world.user("ann", "analysts").apply(ANALYSTS);
    try (PolicyEngine restarted = world.engine()) {
      assertThat(restarted.list(RealSource.NAME)).hasSize(1);
      assertThat(restarted.listUsers()).isEqualTo(world.engine.listUsers());
      assertThat(restarted.epoch()).isEqualTo(world.engine.epoch());
    }
  }

  @Test
  void namesNobodyHasAreWarnedOfAndMayComeLater() {
    assertThat(world.apply(ANALYSTS).warnings())
        .containsExactly(
            "policy 'analysts read customers' names the group 'analysts', in which nobody is yet");
    world.user("ann", "analysts");
    assertThat(world.rows("ann", "analytics", "customers")).hasSize(2);
    assertThat(world.apply(ANALYSTS).unchanged()).containsExactly("analysts read customers");
  }
}
