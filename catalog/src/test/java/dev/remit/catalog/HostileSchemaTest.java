package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Relation.Kind;
import dev.remit.catalog.model.Relation.Reference;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.Source.UserType;
import dev.remit.catalog.model.SourceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A schema that nobody foresaw is scanned in full and exactly. Everything PostgreSQL lets one
/// name, nest, derive or leave out is in it.
class HostileSchemaTest {
  private static final String SCHEMA =
      """
      create schema "Üñí · schema";
      create schema "select";
      create schema types;
      create type types.mood as enum ('sad', 'o''k', 'häppy');
      create domain types.address as text check (value ~ '@');
      create type types.pair as (a integer, b text);
      create type types.span as range (subtype = integer);
      create table "select"."from" (
        "order" integer, "Group" integer, "user" text, " leading space" text, "a.b" text,
        "quo""te" text, "ünï" text, "it's" text, "?" text, "{fn x}" text, "$1" text,
        primary key ("Group", "order"));
      comment on table "select"."from" is 'it''s a "comment" with ünïcode';
      comment on column "select"."from"."user" is 'who';
      create table "Üñí · schema"."tàble" (
        id integer primary key, parent integer references "Üñí · schema"."tàble",
        g integer, o integer, foreign key (g, o) references "select"."from" ("Group", "order"));
      create table public.everything (
        m types.mood, ms types.mood[], d types.address, p types.pair, s types.span,
        a integer[][], j jsonb, x xml, n numeric(12, 3), v varchar(40), c char(7), c1 "char",
        t timestamptz(3), i interval day to second, b bit(5), vb bit varying, y bytea, u uuid,
        net inet, line text, doubled text generated always as (line || line) stored,
        dropped text, number integer generated always as identity, tz timetz);
      alter table public.everything drop column dropped;
      alter table public.everything add column added text collate "C";
      create table public.empty ();
      create table public.parted (region text, day date, mail text, primary key (region, day))
        partition by list (region);
      create table public.parted_eu partition of public.parted for values in ('EU')
        partition by range (day);
      create table public.parted_eu_2026 (mail text, day date not null, region text not null);
      alter table public.parted_eu attach partition public.parted_eu_2026
        for values from ('2026-01-01') to ('2027-01-01');
      create table public.refers (region text, day date,
        foreign key (region, day) references public.parted (region, day));
      create table public.base_a (a integer);
      create table public.base_b (b integer);
      create table public.child_of_a (extra text) inherits (public.base_a);
      create table public.child_of_both () inherits (public.base_a, public.base_b);
      create view public.seen as select f."user", t.id from "select"."from" f, "Üñí · schema"."tàble" t;
      create materialized view public.kept as select 1 as one, 'x@example.org'::text as two;
      create table public.hidden (secret text);
      insert into "select"."from" ("order", "Group", "{fn x}") values (1, 1, 'someone@example.org');
      """;
  @TempDir static Path folder;
  private static CatalogFixture fixture;

  @BeforeAll
  static void scan() {
    fixture = new CatalogFixture(folder, SCHEMA);
    fixture.source.execute("revoke select on public.hidden from " + fixture.reader);
    fixture.addAndScan();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void everyRelationIsFoundWithItsKind() {
    assertThat(fixture.table("select", "from").kind()).isEqualTo(Kind.TABLE);
    assertThat(fixture.table("public", "parted").kind()).isEqualTo(Kind.PARTITIONED_TABLE);
    assertThat(fixture.table("public", "parted_eu").kind()).isEqualTo(Kind.PARTITIONED_TABLE);
    assertThat(fixture.table("public", "seen").kind()).isEqualTo(Kind.VIEW);
    assertThat(fixture.table("public", "kept").kind()).isEqualTo(Kind.MATERIALIZED_VIEW);
    assertThat(fixture.shop().state()).isEqualTo(Source.State.READY);
    assertThat(fixture.shop().schemas())
        .containsExactlyInAnyOrder("public", "select", "types", "Üñí · schema");
  }

  @Test
  void namesCommentsAndCompositeKeysAreAsStored() {
    Relation from = fixture.table("select", "from");
    assertThat(from.columns().stream().map(Column::name))
        .containsExactly(
            "order",
            "Group",
            "user",
            " leading space",
            "a.b",
            "quo\"te",
            "ünï",
            "it's",
            "?",
            "{fn x}",
            "$1");
    assertThat(from.primaryKey()).containsExactly(2, 1);
    assertThat(from.comment()).contains("it's a \"comment\" with ünïcode");
    assertThat(from.column("user").orElseThrow().comment()).contains("who");
  }

  @Test
  void selfAndCompositeReferencesPairTheirColumns() {
    Relation table = fixture.table("Üñí · schema", "tàble");
    assertThat(table.references())
        .extracting(Reference::columns, Reference::referencedOid, Reference::referencedColumns)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(List.of(2), table.oid(), List.of(1)),
            org.assertj.core.groups.Tuple.tuple(
                List.of(3, 4), fixture.table("select", "from").oid(), List.of(2, 1)));
    assertThat(fixture.table("public", "refers").references()).hasSize(1);
  }

  @Test
  void typesAreReadyForACast() {
    Relation everything = fixture.table("public", "everything");
    assertThat(everything.columns().stream().map(column -> column.type().formatted()))
        .containsExactly(
            "types.mood",
            "types.mood[]",
            "types.address",
            "types.pair",
            "types.span",
            "integer[]",
            "jsonb",
            "xml",
            "numeric(12,3)",
            "character varying(40)",
            "character(7)",
            "\"char\"",
            "timestamp(3) with time zone",
            "interval day to second",
            "bit(5)",
            "bit varying",
            "bytea",
            "uuid",
            "inet",
            "text",
            "text",
            "integer",
            "time with time zone",
            "text");
    assertThat(everything.column("doubled").orElseThrow().generated()).isTrue();
    assertThat(everything.column("dropped")).isEmpty();
    assertThat(everything.column("added").orElseThrow().number()).isEqualTo(25);
  }

  @Test
  void typesOutsideThePostgresCatalogAreListedOnce() {
    Source shop = fixture.shop();
    assertThat(shop.types().values().stream().map(UserType::name))
        .contains("mood", "_mood", "address", "pair", "span", "span_multirange")
        .doesNotContain("from", "everything", "_everything");
    UserType mood = type("mood");
    assertThat(mood.labels()).containsExactly("sad", "o'k", "häppy");
    assertThat(type("_mood").element()).hasValue(mood.oid());
    assertThat(type("address").base()).hasValue(25);
  }

  @Test
  void partitionsKnowTheirParentAndInheritItsTags() {
    fixture.catalog.apply(
        CatalogFixture.yaml(
            """
            source: shop
            tables:
              public.parted:
                owner: crm-team
                residency: {column: region}
                columns:
                  day: {tags: [demographic.birth-date]}
            """),
        CatalogFixture.AUTHOR);
    Relation leaf = fixture.table("public", "parted_eu_2026");
    assertThat(leaf.partitionOf()).hasValue(fixture.table("public", "parted_eu").oid());
    assertThat(leaf.column("day").orElseThrow().isTagged("demographic")).isTrue();
    assertThat(leaf.column("mail").orElseThrow().isTagged("contact.email")).isTrue();
    assertThat(leaf.declaration().residency().orElseThrow().column()).isEqualTo("region");
    assertThat(leaf.column("region").orElseThrow().number()).isEqualTo(3);
  }

  @Test
  void viewTextsAreQualified() {
    assertThat(fixture.table("public", "seen").viewDefinition().orElseThrow())
        .contains("\"select\".\"from\"", "\"Üñí · schema\".\"tàble\"");
  }

  @Test
  void samplesReachTheClassifierWhateverTheColumnIsCalled() {
    Column odd = fixture.table("select", "from").column("{fn x}").orElseThrow();
    assertThat(odd.isTagged("contact.email")).isTrue();
    assertThat(odd.tags().getFirst().confidence()).isEqualTo(0.9);
    Column viewed = fixture.table("public", "kept").column("two").orElseThrow();
    assertThat(viewed.isTagged("contact.email")).isTrue();
  }

  @Test
  void whatCannotBeGovernedStaysInvisibleAndIsNamed() {
    assertThat(fixture.shop().relation("public", "child_of_both")).isEqualTo(Optional.empty());
    assertThat(fixture.shop().relation("public", "hidden")).isEqualTo(Optional.empty());
    assertThat(fixture.table("public", "child_of_a").partitionOf()).isPresent();
    assertThat(fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR).problems())
        .anyMatch(problem -> problem.contains("child_of_both"))
        .anyMatch(problem -> problem.contains("GRANT SELECT ON public.hidden"));
  }

  @Test
  void theShippedClassifierTagsWhatItSeesAndItsTagsNeedNoDeclaring() {
    try (Catalog shipped = fixture.newCatalogAsShipped()) {
      SourceName name = new SourceName("again");
      shipped.addSource(name, fixture.url(), CatalogFixture.READER_PASSWORD, CatalogFixture.AUTHOR);
      shipped.scan(name, CatalogFixture.AUTHOR);
      Source source = shipped.snapshot().source(name).orElseThrow();
      Column odd = source.relation("select", "from").orElseThrow().column("{fn x}").orElseThrow();
      assertThat(odd.isTagged("contact.email")).isTrue();
      assertThat(shipped.plan(tagging("contact.phone")).problems()).isEmpty();
      assertThat(shipped.plan(tagging("contact.fone")).problems()).hasSize(1);
      shipped.removeSource(name, CatalogFixture.AUTHOR);
    }
  }

  private static JsonNode tagging(String tag) {
    return CatalogFixture.yaml(
        "{source: again, tables: {select.from: {columns: {user: {tags: [%s]}}}}}".formatted(tag));
  }

  @Test
  void aSecondLookFindsNothingNew() {
    assertThat(fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR).changes())
        .isEmpty();
  }

  private static UserType type(String name) {
    return fixture.shop().types().values().stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
