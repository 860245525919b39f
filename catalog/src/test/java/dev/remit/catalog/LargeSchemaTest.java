package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.catalog.model.Source.State;
import dev.remit.catalog.source.FingerprintQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 500 tables with 10 columns each, references, comments and rows are scanned in seconds. The bound
/// is loose on purpose: it finds a statement per column, not a slow machine.
class LargeSchemaTest {
  private static final String SCHEMA =
      """
      do $$
      begin
        for i in 1..500 loop
          execute format('create table t_%s (id integer primary key, parent integer,
            c1 text, c2 text, c3 varchar(20), c4 numeric(10, 2), c5 timestamptz, c6 jsonb,
            email text, c8 text[])', i);
          execute format('comment on column t_%s.c1 is %L', i, 'column of ' || i);
          execute format('insert into t_%s (id, email, c2)
            select n, n || ''@example.org'', repeat(''x'', 300) from generate_series(1, 300) n', i);
          if i > 1 then
            execute format('alter table t_%s add foreign key (parent) references t_%s', i, i - 1);
          end if;
        end loop;
      end $$
      """;
  @TempDir Path folder;

  @Test
  void fiveHundredTablesAreScannedAndDeclaredInSeconds() {
    try (CatalogFixture fixture = new CatalogFixture(folder, SCHEMA)) {
      fixture.catalog.addSource(
          CatalogFixture.SHOP,
          fixture.url(),
          CatalogFixture.READER_PASSWORD,
          CatalogFixture.AUTHOR);
      Duration scan = time(() -> fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR));
      Duration again = time(() -> fixture.catalog.scan(CatalogFixture.SHOP, CatalogFixture.AUTHOR));
      assertThat(fixture.shop().relations()).hasSize(500);
      assertThat(fixture.table("public", "t_500").references()).hasSize(1);
      assertThat(fixture.table("public", "t_7").column("email").orElseThrow().tags()).hasSize(1);
      assertThat(fixture.shop().state()).isEqualTo(State.READY);
      String document = fixture.catalog.suggest(CatalogFixture.SHOP);
      var catalogPart =
          ((com.fasterxml.jackson.databind.node.ObjectNode) CatalogFixture.yaml(document))
              .without("policies");
      Duration apply = time(() -> fixture.catalog.apply(catalogPart, CatalogFixture.AUTHOR));
      Duration look = time(() -> tenLooks(fixture)).dividedBy(10);
      Duration role = time(() -> tenRoleChecks(fixture)).dividedBy(10);
      Duration load = time(() -> fixture.newCatalog().close());
      System.getLogger("measured")
          .log(
              System.Logger.Level.INFO,
              "500 tables, 5,000 columns: scan {0}, again {1}, apply {2}, look {3}, role {4}, open"
                  + " {5}",
              scan,
              again,
              apply,
              look,
              role,
              load);
      assertThat(scan).isLessThan(Duration.ofSeconds(15));
      assertThat(apply).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static void tenLooks(CatalogFixture fixture) {
    try (Connection connection = reader(fixture)) {
      for (int i = 0; i < 10; i++) {
        assertThat(FingerprintQuery.read(connection, fixture.shop().relations().keySet()))
            .hasSize(500);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void tenRoleChecks(CatalogFixture fixture) {
    try (Connection connection = reader(fixture)) {
      for (int i = 0; i < 10; i++) {
        assertThat(SourceRole.problems(connection)).isEmpty();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Connection reader(CatalogFixture fixture) throws SQLException {
    return DriverManager.getConnection(
        fixture.source.jdbcUrl(), fixture.reader, CatalogFixture.READER_PASSWORD);
  }

  private static Duration time(Runnable work) {
    Instant start = Instant.now();
    work.run();
    return Duration.between(start, Instant.now());
  }
}
