package dev.remit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.model.TableDeclaration.Residency;
import dev.remit.catalog.model.TableDeclaration.Retention;
import dev.remit.policy.testing.RealSource;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Goal: purpose, two filters, residency and retention hold together by AND, and two different
/// masks on one cell deny it, whatever Ranger's own search would have picked.
class CompositionTest {
  private final RealSource source =
      new RealSource(
              """
              create table customers (id int, email text, region text, status text, seen date);
              insert into customers
              select row_number() over (), 'p' || row_number() over () || '@example.org', r, s,
                     current_date - d
              from unnest(array['EU', 'US']) r, unnest(array['open', 'closed']) s,
                   unnest(array[10, 1000]) d\
              """)
          .tag("customers.email", "contact.email")
          .declare(
              "customers",
              new TableDeclaration(
                  Optional.empty(),
                  List.of(),
                  Optional.of(new Residency("region")),
                  Optional.of(
                      new Retention("seen", Period.ofYears(1), ZoneId.of("Europe/Berlin")))))
          .purposes("analytics", "service");
  private final PolicyWorld world = new PolicyWorld(source);

  private static final String ACCESS =
      """
      - name: access
        tables: [public.customers]
        to: {groups: [analysts]}
        for: [analytics]
      """;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void purposeFilterResidencyAndRetentionHoldTogether() {
    world
        .user("eva", Map.of("region", "EU"), "analysts")
        .user("uma", Map.of("regions", "EU, US"), "analysts")
        .user("tom", "analysts")
        .apply(
            ACCESS
                + """
                - name: open ones
                  tables: [public.customers]
                  to: {groups: [analysts]}
                  for: [analytics]
                  rows: "status = 'open'"
                """);
    assertThat(statuses("eva")).containsExactly("EU open young");
    assertThat(statuses("uma")).containsExactly("EU open young", "US open young");
    assertThat(statuses("tom")).isEmpty();
    assertThat(world.rows("eva", "service", "customers")).containsExactly("denied");
    assertThat(world.effects("eva", "analytics", "customers"))
        .containsExactly(
            "allow",
            "rows where status = 'open'",
            "rows of the principal's regions",
            "rows younger than P1Y");
  }

  private List<String> statuses(String user) {
    return world.rows(user, "analytics", "customers").stream()
        .map(row -> row.split("\\|"))
        .map(row ->
            row[2]
                + " "
                + row[3]
                + " "
                + (java.time.LocalDate.parse(row[4])
                        .isAfter(java.time.LocalDate.now(ZoneId.of("UTC")).minusDays(300))
                    ? "young"
                    : "old"))
        .sorted()
        .toList();
  }

  @Test
  void severalFiltersMustAllHold() {
    world
        .user("uma", Map.of("regions", "EU,US"), "analysts")
        .apply(
            ACCESS.replace("access", "a")
                + "  rows: \"region = 'EU'\"\n"
                + ACCESS.replace("access", "b")
                + "  rows: \"status = 'open'\"\n");
    assertThat(statuses("uma")).containsExactly("EU open young");
  }

  @Test
  void twoDifferentMasksOnOneCellDenyTheColumn() {
    world
        .user("eva", Map.of("region", "EU"), "analysts")
        .apply(
            ACCESS.replace("access", "a")
                + "  masks: [{tags: [contact.email], with: token}]\n"
                + ACCESS.replace("access", "b")
                + "  masks: [{columns: [email], with: redact}]\n");
    assertThat(world.effects("eva", "analytics", "customers"))
        .contains("deny email: another policy masks it differently");
    assertThat(world.rows("eva", "analytics", "customers").getFirst()).doesNotContain("@");
  }

  @Test
  void whoeverAppliesContradictingMasksIsTold() {
    world.user("eva", "analysts", "interns").user("tom", "analysts");
    String first = ACCESS.replace("access", "a") + "  masks: [{columns: [email], with: redact}]\n";
    String second =
        ACCESS.replace("access", "b").replace("analysts", "interns")
            + "  masks: [{tags: [contact], with: token}]\n";
    String elsewhere =
        ACCESS.replace("access", "c").replace("analytics", "service")
            + "  masks: [{tags: [contact], with: token}]\n";
    assertThat(world.apply(first + elsewhere).warnings()).isEmpty();
    assertThat(world.apply(second).warnings())
        .containsExactly(
            "public.customers.email is masked redact by policy 'a' and token by policy 'b':"
                + " whom both are for will not see it; leave one mask");
    assertThat(world.apply(first).warnings()).hasSize(1);
    world.engine.removeUser("eva", PolicyWorld.AUTHOR);
    assertThat(world.apply(second).warnings())
        .containsExactly("policy 'b' names the group 'interns', in which nobody is yet");
  }

  @Test
  void equalMasksAreOneMaskAndNoneLiftsNothing() {
    world
        .user("eva", Map.of("region", "EU"), "analysts")
        .apply(
            ACCESS.replace("access", "a")
                + "  masks: [{tags: [contact], with: null}]\n"
                + ACCESS.replace("access", "b")
                + "  masks: [{columns: [email], with: 'null'}]\n"
                + ACCESS.replace("access", "c")
                + "  masks: [{columns: [email], with: none}]\n");
    assertThat(world.rows("eva", "analytics", "customers").getFirst()).contains("|-|EU|");
  }

  @Test
  void aTagGivenTodayMasksToday() {
    world
        .user("eva", Map.of("region", "EU"), "analysts")
        .apply(ACCESS + "  masks: [{tags: [contact], with: null}]\n");
    assertThat(world.rows("eva", "analytics", "customers").getFirst()).contains("|open|");
    source.tag("customers.status", "contact.status");
    world.rescan();
    assertThat(world.rows("eva", "analytics", "customers").getFirst()).contains("|-|EU|-|");
  }

  @Test
  void aDeclarationThatCannotBeAppliedDeniesTheTable() {
    world.user("eva", Map.of("region", "EU"), "analysts").apply(ACCESS);
    source.declare(
        "customers",
        new TableDeclaration(
            Optional.empty(), List.of(), Optional.of(new Residency("gone")), Optional.empty()));
    world.rescan();
    assertThat(world.rows("eva", "analytics", "customers")).containsExactly("denied");
  }
}
