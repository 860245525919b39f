package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.catalog.model.CatalogChanges;
import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Purpose.LegalBasis;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Tag;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A governance file is planned, then applied whole or not at all. Whatever it says wrongly is
/// named with its path.
class DeclarationTest {
  private static final String GOOD =
      """
      source: shop
      taxonomy:
        contact: {personal: true, description: How to reach a person}
        technical.tool: {personal: false}
      purposes:
        analytics: {title: Product analytics, basis: legitimate-interest, description: Figures}
      tables:
        public.people:
          owner: crm-team
          subject-key: [brand, id]
          residency: {column: region}
          retention: {column: created, keep: P7Y, zone: Europe/Berlin}
          columns:
            email: {tags: [contact.email]}
            mailer: {tags: [technical.tool], replaces: [contact.email]}
        '"public"."dot.ted"':
          columns:
            mail: {none: true}
      """;
  @TempDir Path folder;
  private CatalogFixture fixture;

  @BeforeEach
  void open() {
    fixture =
        new CatalogFixture(
            folder,
            """
            create table public.people (brand text, id integer, email text, mailer text,
              region text, created timestamptz, primary key (brand, id));
            create table public."dot.ted" (mail text);
            create schema public_dot;
            """);
    fixture.addAndScan();
    fixture.log.clear();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsDeclaredIsInTheNextSnapshot() {
    fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR);
    CatalogSnapshot snapshot = fixture.catalog.snapshot();
    Relation people = fixture.table("public", "people");
    assertThat(snapshot.purpose(new PurposeCode("analytics")).orElseThrow().basis())
        .isEqualTo(LegalBasis.LEGITIMATE_INTEREST);
    assertThat(people.declaration().owner()).contains("crm-team");
    assertThat(people.declaration().subjectKey()).containsExactly("brand", "id");
    assertThat(people.declaration().residency().orElseThrow().column()).isEqualTo("region");
    assertThat(people.declaration().retention().orElseThrow().keep()).isEqualTo(Period.ofYears(7));
    assertThat(people.declaration().retention().orElseThrow().zone())
        .isEqualTo(ZoneId.of("Europe/Berlin"));
    Tag email = people.column("email").orElseThrow().tags().getFirst();
    assertThat(email).isEqualTo(new Tag("contact.email", 1, "declared", true));
    assertThat(snapshot.undeclared(people)).isEmpty();
  }

  @Test
  void aRefusedSuggestionIsGoneAndStaysGoneAfterAScan() {
    assertThat(column("mailer").isTagged("contact.email")).isTrue();
    fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR);
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    assertThat(column("mailer").tags()).extracting(Tag::name).containsExactly("technical.tool");
    assertThat(fixture.table("public", "dot.ted").columns().getFirst().tags()).isEmpty();
  }

  @Test
  void theNearestCategorySaysWhatIsPersonal() {
    fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR);
    CatalogSnapshot snapshot = fixture.catalog.snapshot();
    assertThat(snapshot.isPersonal(column("email"))).isTrue();
    assertThat(snapshot.isPersonal(column("mailer"))).isFalse();
    assertThat(snapshot.isPersonal("never.heard-of")).isTrue();
    assertThat(snapshot.isPersonal("technical.tools")).isTrue();
    assertThat(snapshot.isPersonal("network.url")).isFalse();
  }

  @Test
  void whoDeclaresACategoryMayTagBelowIt() {
    fixture.catalog.apply(
        CatalogFixture.yaml(
            """
            source: shop
            taxonomy: {loyalty: {personal: true}}
            tables: {public.people: {columns: {brand: {tags: [loyalty.card.number]}}}}
            """),
        CatalogFixture.AUTHOR);
    assertThat(column("brand").isTagged("loyalty.card")).isTrue();
  }

  @Test
  void aDeclaredCategoryOverrulesTheBuiltInOnesBelowIt() {
    fixture.catalog.apply(
        CatalogFixture.yaml("{taxonomy: {network: {personal: true}}}"), CatalogFixture.AUTHOR);
    assertThat(fixture.catalog.snapshot().isPersonal("network.url")).isTrue();
  }

  @Test
  void aPlanChangesNothingAndShowsTheCatalogAsItWouldBe() {
    long before = fixture.catalog.snapshot().epoch();
    CatalogChanges plan = fixture.catalog.plan(CatalogFixture.yaml(GOOD));
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.changes().stream().map(Object::toString))
        .contains(
            "+ table public.people: subject key brand, id",
            "+ table public.people: retention P7Y from created, clock of Europe/Berlin",
            "+ column public.people.mailer: not tagged contact.email",
            "+ column public.dot.ted.mail: not tagged as anything suggested",
            "+ purpose analytics: Product analytics, basis LEGITIMATE_INTEREST");
    assertThat(plan.after().source(CatalogFixture.SHOP).orElseThrow().named("public.people"))
        .first()
        .extracting(relation -> relation.declaration().owner().orElseThrow())
        .isEqualTo("crm-team");
    fixture.lookAtTheStore();
    assertThat(fixture.catalog.snapshot().epoch()).isEqualTo(before);
    assertThat(fixture.log).isEmpty();
  }

  @Test
  void applyingTwiceChangesNothingTheSecondTime() {
    assertThat(fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR).changes())
        .isNotEmpty();
    assertThat(fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR).changes())
        .isEmpty();
  }

  @Test
  void whatADocumentNoLongerSaysOfATableIsTakenBackAndOtherTablesStay() {
    fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR);
    fixture.catalog.apply(
        CatalogFixture.yaml("{source: shop, tables: {public.people: {owner: other-team}}}"),
        CatalogFixture.AUTHOR);
    Relation people = fixture.table("public", "people");
    assertThat(people.declaration().subjectKey()).isEmpty();
    assertThat(people.declaration().owner()).contains("other-team");
    assertThat(column("email").tags()).noneMatch(Tag::declared);
    assertThat(fixture.table("public", "dot.ted").columns().getFirst().tags()).isEmpty();
  }

  @Test
  void theChangesStandInTheLog() {
    fixture.catalog.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR);
    assertThat(fixture.log).hasSize(1);
    assertThat(fixture.log.getFirst().kind()).isEqualTo("catalog.declared");
    assertThat(fixture.log.getFirst().fields().toString()).contains("owner crm-team");
  }

  @Test
  void oneMistakeAmongManyGoodLinesLeavesNothingHalfDone() {
    String oneMistake = GOOD.replace("none: true", "nune: true");
    RemitException refusal =
        catchThrowableOfType(
            RemitException.class,
            () -> fixture.catalog.apply(CatalogFixture.yaml(oneMistake), CatalogFixture.AUTHOR));
    assertThat(refusal).hasMessageContaining("unknown key 'nune'");
    assertThat(fixture.catalog.snapshot().purposes()).isEmpty();
    assertThat(fixture.table("public", "people").declaration().owner()).isEmpty();
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    List<String> problems =
        fixture
            .catalog
            .plan(CatalogFixture.yaml("{a: 1, source: shop, tables: {x.y: {b: 2}, x.z: {}}}"))
            .problems();
    assertThat(problems).hasSize(4);
  }

  @Test
  void whatCannotBeLoggedIsNotApplied() {
    Catalog broken =
        new Catalog(
            fixture.newProcess(),
            fixture.keys,
            (transaction, entry) -> {
              throw new IllegalStateException("the log is full");
            },
            new CatalogFixture.NameClassifier(),
            CatalogFixture.CLOCK,
            CatalogFixture.SETTINGS);
    try (broken) {
      assertThat(
              catchThrowableOfType(
                  IllegalStateException.class,
                  () -> broken.apply(CatalogFixture.yaml(GOOD), CatalogFixture.AUTHOR)))
          .hasMessageContaining("full");
      fixture.lookAtTheStore();
      assertThat(broken.snapshot().purposes()).isEqualTo(Map.of());
    }
  }

  private Column column(String name) {
    return fixture.table("public", "people").column(name).orElseThrow();
  }
}
