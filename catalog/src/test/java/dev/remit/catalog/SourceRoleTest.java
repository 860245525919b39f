package dev.remit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A source's role that can do more than read is refused, at registration and later. The refusal
/// says what is wrong and prints SQL that makes a role which is accepted.
class SourceRoleTest {
  @TempDir static Path folder;
  private static CatalogFixture fixture;
  private static int roles;

  @BeforeAll
  static void open() {
    fixture =
        new CatalogFixture(
            folder,
            "create schema \"Odd Schema\"; create table public.t (a integer);"
                + " create table \"Odd Schema\".\"T\" (b integer);");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aRoleThatCanOnlyReadIsAccepted() throws SQLException {
    try (Connection connection = connect(fixture.reader, CatalogFixture.READER_PASSWORD)) {
      assertThat(SourceRole.problems(connection)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alter role R superuser                              | SUPERUSER
          alter role R bypassrls                              | BYPASSRLS
          alter role R createrole                             | CREATEROLE
          alter role R createdb                               | CREATEDB
          alter role R replication                            | REPLICATION
          grant pg_read_server_files to R                     | member of pg_read_server_files
          grant pg_write_server_files to R                    | member of pg_write_server_files
          grant pg_execute_server_program to R                | member of pg_execute_server_program
          grant pg_write_all_data to R                        | member of pg_write_all_data
          alter table public.t owner to R                     | owns public.t
          alter schema "Odd Schema" owner to R                | owns the schema "Odd Schema"
          grant insert on public.t to R                       | INSERT on public.t
          grant update (a) on public.t to R                   | UPDATE on public.t
          grant delete, truncate on "Odd Schema"."T" to R     | DELETE, TRUNCATE on "Odd Schema"."T"
          grant insert on public.t to public                  | INSERT on public.t
          alter database D owner to R                         | owns the database
          """)
  void aRoleThatCanDoMoreIsRefusedAndToldWhy(String grant, String problem) {
    String role = newRole();
    String sql = grant.replace(" R", " " + role).replace("database D", "database " + database());
    fixture.source.execute(sql);
    RemitException refusal = refusal(role);
    restore();
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNSAFE_SOURCE_ROLE);
    assertThat(refusal).hasMessageContaining(problem).hasMessageContaining("CREATE ROLE");
  }

  @Test
  void whatARoleCouldBecomeCountsAsItsOwn() {
    String powerful = newRole();
    fixture.source.execute("alter role " + powerful + " bypassrls");
    String role = newRole();
    fixture.source.execute(
        "alter role %2$s noinherit; grant %1$s to %2$s".formatted(powerful, role));
    assertThat(refusal(role)).hasMessageContaining("member of role " + powerful + ": BYPASSRLS");
  }

  @Test
  void thePrintedSqlMakesARoleThatIsAcceptedAndReadsEverything() throws SQLException {
    String powerful = newRole();
    fixture.source.execute("alter role " + powerful + " superuser");
    String message = String.valueOf(refusal(powerful).getMessage());
    Matcher sql = Pattern.compile("CREATE ROLE.*", Pattern.DOTALL).matcher(message);
    assertThat(sql.find()).isTrue();
    String role = "printed_" + database();
    fixture.source.execute(sql.group().replace("remit_reader", role));
    SourceName name = new SourceName("printed");
    fixture.catalog.addSource(name, fixture.url(role), "replace-this", CatalogFixture.AUTHOR);
    fixture.catalog.scan(name, CatalogFixture.AUTHOR);
    Source source = fixture.catalog.snapshot().source(name).orElseThrow();
    assertThat(source.relations()).hasSize(2);
    fixture.catalog.removeSource(name, CatalogFixture.AUTHOR);
  }

  @Test
  void aRoleThatBecomesUnsafeLaterIsRefusedAtTheNextConnect() {
    String role = newRole();
    SourceName name = new SourceName("later");
    fixture.catalog.addSource(name, fixture.url(role), "secret", CatalogFixture.AUTHOR);
    fixture.source.execute("alter role " + role + " bypassrls");
    RemitException refusal =
        catchThrowableOfType(
            RemitException.class, () -> fixture.catalog.scan(name, CatalogFixture.AUTHOR));
    assertThat(refusal.code()).isEqualTo(ErrorCode.UNSAFE_SOURCE_ROLE);
    fixture.catalog.removeSource(name, CatalogFixture.AUTHOR);
  }

  @Test
  void neitherTheCatalogNorTheLogNorAnErrorHoldsThePassword() throws SQLException {
    SourceName name = new SourceName("secretive");
    fixture.catalog.addSource(
        name, fixture.url(), CatalogFixture.READER_PASSWORD, CatalogFixture.AUTHOR);
    assertThat(fixture.catalog.connection(name).password())
        .isEqualTo(CatalogFixture.READER_PASSWORD);
    assertThat(fixture.catalog.connection(name).toString()).doesNotContain("secret");
    assertThat(fixture.log.toString()).contains("secretive").doesNotContain("π");
    List<String> stored =
        fixture.store.sql().fetch("select row(s)::text from catalog.source s").into(String.class);
    assertThat(stored.toString()).doesNotContain("π").doesNotContain("reader's");
    fixture.catalog.removeSource(name, CatalogFixture.AUTHOR);
  }

  @Test
  void aRefusedLogInIsSaidWithoutThePassword() {
    String role = newRole();
    fixture.source.execute("alter role " + role + " nologin");
    RemitException wrong =
        catchThrowableOfType(
            RemitException.class,
            () ->
                fixture.catalog.addSource(
                    new SourceName("x"), fixture.url(role), "not-it-π", CatalogFixture.AUTHOR));
    assertThat(wrong.code()).isEqualTo(ErrorCode.WRONG_PASSWORD);
    assertThat(wrong.toString() + wrong.getCause()).doesNotContain("not-it");
  }

  @Test
  void aSourceThatIsDownIsSaid() {
    RemitException down =
        catchThrowableOfType(
            RemitException.class,
            () ->
                fixture.catalog.addSource(
                    new SourceName("down"),
                    "postgresql://r@127.0.0.1:1/d",
                    "secret",
                    CatalogFixture.AUTHOR));
    assertThat(down.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(down).hasMessageContaining("127.0.0.1:1").hasMessageNotContaining("secret");
  }

  @Test
  void aStoredPasswordCannotBeSentToAnotherServer() {
    SourceName name = new SourceName("moved");
    fixture.catalog.addSource(
        name, fixture.url(), CatalogFixture.READER_PASSWORD, CatalogFixture.AUTHOR);
    fixture.store.sql().execute("update catalog.source set host = 'evil' where name = 'moved'");
    assertThatCode(() -> fixture.catalog.connection(name))
        .isInstanceOf(IllegalArgumentException.class);
    fixture.catalog.removeSource(name, CatalogFixture.AUTHOR);
  }

  @Test
  void aTakenNameAndAnUnknownNameAreSaid() {
    SourceName name = new SourceName("twice");
    fixture.catalog.addSource(
        name, fixture.url(), CatalogFixture.READER_PASSWORD, CatalogFixture.AUTHOR);
    RemitException taken =
        catchThrowableOfType(
            RemitException.class,
            () ->
                fixture.catalog.addSource(
                    name, fixture.url(), CatalogFixture.READER_PASSWORD, CatalogFixture.AUTHOR));
    assertThat(taken.code()).isEqualTo(ErrorCode.CONFLICT);
    fixture.catalog.removeSource(name, CatalogFixture.AUTHOR);
    RemitException unknown =
        catchThrowableOfType(
            RemitException.class, () -> fixture.catalog.removeSource(name, CatalogFixture.AUTHOR));
    assertThat(unknown.code()).isEqualTo(ErrorCode.UNKNOWN_SOURCE);
  }

  private static RemitException refusal(String role) {
    return catchThrowableOfType(
        RemitException.class,
        () ->
            fixture.catalog.addSource(
                new SourceName("refused"), fixture.url(role), "secret", CatalogFixture.AUTHOR));
  }

  private static String newRole() {
    String role = "r" + ++roles + "_" + database();
    fixture.source.execute("create role " + role + " login password 'secret'");
    return role;
  }

  private static void restore() {
    fixture.source.execute(
        """
        alter table public.t owner to postgres;
        alter schema "Odd Schema" owner to postgres;
        revoke insert on public.t from public;
        alter database %s owner to postgres;
        """
            .formatted(database()));
  }

  private static String database() {
    return fixture.source.database();
  }

  private static Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(fixture.source.jdbcUrl(), user, password);
  }
}
