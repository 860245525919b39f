package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.CatalogChanges.Change;
import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A source that is not what was scanned answers nothing until it is scanned again. Tags and
/// declarations stay with the data they were made for, whatever it is called.
class DriftTest {
  @TempDir Path folder;
  private CatalogFixture fixture;

  @BeforeEach
  void open() {
    fixture =
        new CatalogFixture(
            folder,
            """
            create table public.people (id integer primary key, email text, note text, region text);
            create table public.other (id integer);
            create view public.seen as select id from public.people;
            insert into public.people values (1, 'a@example.org', 'nothing', 'EU');
            """);
    fixture.addAndScan();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table people rename email to mail",
        "alter table people rename to persons",
        "alter table people add column more text",
        "alter table people drop column note",
        "alter table people alter column note type varchar(10)",
        "alter table people alter column note type text collate \"C\"",
        "create or replace view seen as select id + 1 as id from people",
        "drop table other",
        "create table parent (id integer); alter table other inherit parent",
      })
  void aChangedSchemaIsDriftUntilScannedAgain(String change) {
    fixture.source.execute(change);
    await(() -> fixture.shop().state() == State.DRIFTED);
    fixture.grantReading();
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    assertThat(fixture.shop().state()).isEqualTo(State.READY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into people values (2, 'b', 'c', 'd')",
        "create table unrelated (id integer)",
        "create index on people (email)",
        "alter table people alter column note set default 'x'",
        "comment on table people is 'changed'",
        "analyze people",
      })
  void whatDoesNotChangeTheMeaningOfAStatementIsNoDrift(String change) throws SQLException {
    Map<Long, String> before = fingerprints();
    fixture.source.execute(change);
    assertThat(fingerprints()).isEqualTo(before);
  }

  @Test
  void driftStaysWhenTheSchemaIsPutBack() {
    fixture.source.execute("alter table people rename email to mail");
    await(() -> fixture.shop().state() == State.DRIFTED);
    fixture.source.execute("alter table people rename mail to email");
    awaitLooks(3);
    assertThat(fixture.shop().state()).isEqualTo(State.DRIFTED);
  }

  @Test
  void twoColumnsThatSwapNamesDoNotSwapTags() {
    fixture.catalog.apply(
        CatalogFixture.yaml(
            """
            source: shop
            tables:
              public.people:
                subject-key: [id]
                residency: {column: region}
                columns:
                  email: {tags: [contact.email]}
                  note: {none: true}
            """),
        CatalogFixture.AUTHOR);
    int email = fixture.table("public", "people").column("email").orElseThrow().number();
    fixture.source.execute(
        """
        alter table people rename email to x;
        alter table people rename note to email;
        alter table people rename x to note;
        alter table people rename region to "Land";
        """);
    List<Change> changes =
        fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR).changes();
    Relation people = fixture.table("public", "people");
    Column note = people.column("note").orElseThrow();
    assertThat(note.number()).isEqualTo(email);
    assertThat(note.isTagged("contact.email")).isTrue();
    assertThat(people.column("email").orElseThrow().tags()).isEmpty();
    assertThat(people.declaration().residency().orElseThrow().column()).isEqualTo("Land");
    assertThat(changes.toString())
        .contains("column public.people.note: was named email; its tags stay with it");
  }

  @Test
  void aSuggestedTagIsNotLostWhenTheColumnIsRenamedAndEmptied() {
    fixture.source.execute("alter table people rename email to harmless; truncate people");
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    Column column = fixture.table("public", "people").column("harmless").orElseThrow();
    assertThat(column.isTagged("contact.email")).isTrue();
  }

  @Test
  void aDeclaredColumnThatIsGoneLeavesARuleThatCannotBeMet() {
    fixture.catalog.apply(
        CatalogFixture.yaml(
            "{source: shop, tables: {public.people: {residency: {column: region}}}}"),
        CatalogFixture.AUTHOR);
    fixture.source.execute("alter table people drop column region");
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    Relation people = fixture.table("public", "people");
    assertThat(people.declaration().residency()).isPresent();
    assertThat(people.column(people.declaration().residency().get().column())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop view seen; drop table people;"
            + " create table people (note text, mailbox text, id integer, email text, region text)",
        "alter table people rename to people_old;"
            + " create table people (id integer, email text, region text)",
        "alter table people drop column email; alter table people add column email text",
        "alter table people rename email to old; alter table people add column email text",
        "create table copy as table people with no data; drop view seen; drop table people;"
            + " alter table copy rename to people",
      })
  void whatTakesOverANameTakesOverItsTags(String change) {
    declarePeople();
    fixture.source.execute(change);
    fixture.grantReading();
    List<Change> changes =
        fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR).changes();
    Relation people = fixture.table("public", "people");
    assertThat(people.column("email").orElseThrow().isTagged("secret.declared")).isTrue();
    assertThat(people.declaration().residency().orElseThrow().column()).isEqualTo("region");
    assertThat(people.declaration().subjectKey()).containsExactly("id");
    assertThat(changes.toString()).contains("declared");
    assertThat(fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR).changes())
        .isEmpty();
  }

  @Test
  void twoTablesThatSwapNamesDoNotSwapTags() {
    declarePeople();
    fixture.source.execute(
        """
        alter table other add column email text;
        alter table people rename to x; alter table other rename to people;
        alter table x rename to other;
        """);
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    assertThat(fixture.table("public", "other").column("email").orElseThrow().tags())
        .anyMatch(tag -> tag.name().equals("secret.declared"));
    assertThat(fixture.table("public", "people").column("email").orElseThrow().tags())
        .noneMatch(tag -> tag.name().equals("secret.declared"));
  }

  private void declarePeople() {
    fixture.catalog.apply(
        CatalogFixture.yaml(
            """
            source: shop
            tables:
              public.people:
                subject-key: [id]
                residency: {column: region}
                columns:
                  email: {tags: [secret.declared]}
            """),
        CatalogFixture.AUTHOR);
  }

  @Test
  void anUnreachableSourceComesBackByItself() {
    fixture.source.execute("alter role " + fixture.reader + " nologin");
    disconnect();
    await(() -> fixture.shop().state() == State.UNREACHABLE);
    fixture.source.execute("alter role " + fixture.reader + " login");
    await(() -> fixture.shop().state() == State.READY);
  }

  @Test
  void aRoleMadeUnsafeIsNoticedAtTheWatchsNextConnect() {
    fixture.source.execute("alter role " + fixture.reader + " bypassrls");
    disconnect();
    await(() -> fixture.shop().state() == State.UNSAFE_ROLE);
    fixture.source.execute("alter role " + fixture.reader + " nobypassrls");
    await(() -> fixture.shop().state() == State.READY);
  }

  @Test
  void everyChangeRaisesTheEpochAndTellsListeners() throws InterruptedException {
    long before = fixture.catalog.snapshot().epoch();
    CountDownLatch told = new CountDownLatch(1);
    fixture.catalog.onChange(told::countDown);
    fixture.source.execute("alter table people rename email to mail");
    assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
    long drifted = fixture.catalog.snapshot().epoch();
    assertThat(drifted).isGreaterThan(before);
    assertThat(fixture.shop().epoch()).isEqualTo(drifted);
    fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
    assertThat(fixture.catalog.snapshot().epoch()).isGreaterThan(drifted);
  }

  @Test
  void anotherProcessOnTheSameStoreSeesChangesAndItsOwnDrift() {
    try (Catalog other = fixture.newCatalog()) {
      assertThat(other.snapshot().source(CatalogFixture.SHOP).orElseThrow().state())
          .isEqualTo(State.READY);
      fixture.catalog.apply(
          CatalogFixture.yaml(
              "{purposes: {analytics: {title: Analytics, basis: legitimate-interest}}}"),
          CatalogFixture.AUTHOR);
      await(() -> other.snapshot().purposes().size() == 1);
      fixture.source.execute("alter table people rename email to mail");
      await(() -> state(other) == State.DRIFTED);
      fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR);
      await(() -> state(other) == State.READY);
    }
  }

  private static State state(Catalog catalog) {
    return catalog.snapshot().source(CatalogFixture.SHOP).orElseThrow().state();
  }

  private void disconnect() {
    fixture.source.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
            .formatted(fixture.reader));
  }

  /// By the statement as the proxy sends it.
  private Map<Long, String> fingerprints() throws SQLException {
    Map<Long, String> fingerprints = new HashMap<>();
    Long[] oids = fixture.shop().relations().keySet().toArray(Long[]::new);
    try (Connection connection = fixture.source.connect();
        PreparedStatement statement =
            connection.prepareStatement(SchemaFingerprint.SQL.replace("$1", "?"))) {
      statement.setArray(1, connection.createArrayOf("oid", oids));
      statement.setArray(2, connection.createArrayOf("oid", oids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          fingerprints.put(rows.getLong(1), rows.getString(2));
        }
      }
    }
    fixture
        .shop()
        .relations()
        .forEach(
            (oid, relation) -> assertThat(fingerprints.get(oid)).isEqualTo(relation.fingerprint()));
    return fingerprints;
  }

  private void awaitLooks(int looks) {
    Instant end = Instant.now().plus(CatalogFixture.SETTINGS.watchInterval().multipliedBy(looks));
    await(() -> Instant.now().isAfter(end));
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited ten seconds").isBefore(end);
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }
}
