package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.catalog.model.CatalogChanges.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The suggested governance file can be applied as it is, confirms tags and loses nothing declared.
/// Its policies show personal columns through masks only.
class StartingDocumentTest {
  private static final String SCHEMA =
      """
      create table public.people (id integer primary key, email text, "on" text, note text);
      create table public."select" ("a: b" text, "- x" text, "#" text, "null" integer, "é\n\t" text);
      create table public."odd * name" (a integer);
      create table public.nothing ();
      create table public.parted (k integer, mail text) partition by list (k);
      create table public.part_1 partition of public.parted for values in (1);
      create view public.seen as select id from public.people;
      insert into public.people values (1, 'a@example.org', 'x', 'y');
      """;
  @TempDir Path folder;

  @Test
  void itIsAppliedAsItIsAndConfirmsTheSuggestedTags() {
    try (CatalogFixture fixture = new CatalogFixture(folder, SCHEMA)) {
      fixture.addAndScan();
      JsonNode document = CatalogFixture.yaml(fixture.catalog.suggest(CatalogFixture.SHOP));
      fixture.catalog.apply(withoutPolicies(document), CatalogFixture.AUTHOR);
      assertThat(fixture.table("public", "people").column("email").orElseThrow().tags())
          .singleElement()
          .satisfies(tag -> assertThat(tag.declared()).isTrue());
      assertThat(fixture.catalog.snapshot().purposes()).hasSize(1);
    }
  }

  @Test
  void whatWasDeclaredComesBackInIt() {
    try (CatalogFixture fixture = new CatalogFixture(folder, SCHEMA)) {
      fixture.addAndScan();
      fixture.catalog.apply(
          CatalogFixture.yaml(
              """
              source: shop
              purposes: {service: {title: 'Service: "all"', basis: contract, description: "x # y"}}
              tables:
                public.people:
                  owner: "yes"
                  subject-key: [id]
                  residency: {column: "on"}
                  columns:
                    email: {none: true}
                    note: {tags: [text.free], replaces: [contact.phone]}
              """),
          CatalogFixture.AUTHOR);
      String suggested = fixture.catalog.suggest(CatalogFixture.SHOP);
      List<Change> changes =
          fixture.catalog.plan(withoutPolicies(CatalogFixture.yaml(suggested))).changes();
      assertThat(changes).extracting(Change::subject).containsOnly("column public.parted.mail");
    }
  }

  @Test
  void itsPoliciesNameEachColumnAndMaskThePersonalOnes() {
    try (CatalogFixture fixture = new CatalogFixture(folder, SCHEMA)) {
      fixture.addAndScan();
      JsonNode policies =
          CatalogFixture.yaml(fixture.catalog.suggest(CatalogFixture.SHOP)).path("policies");
      List<String> tables = new ArrayList<>();
      policies.forEach(policy -> tables.add(policy.path("tables").path(0).asText()));
      assertThat(tables)
          .containsExactlyInAnyOrder(
              "public.people", "public.parted", "public.select", "public.seen");
      JsonNode people = policies.get(tables.indexOf("public.people"));
      assertThat(people.path("columns"))
          .extracting(JsonNode::asText)
          .containsExactly("id", "email", "on", "note");
      assertThat(people.path("masks").toString())
          .isEqualTo("[{\"columns\":[\"email\"],\"with\":\"token\"}]");
      assertThat(policies.get(tables.indexOf("public.select")).path("columns"))
          .extracting(JsonNode::asText)
          .containsExactly("a: b", "- x", "#", "null", "é\n\t");
    }
  }

  private static JsonNode withoutPolicies(JsonNode document) {
    return ((ObjectNode) document).without("policies");
  }
}
