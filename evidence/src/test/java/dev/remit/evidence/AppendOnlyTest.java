package dev.remit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.db.Database;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: nobody changes what is in the log: grants stop its owner, triggers stop even a superuser,
/// and who takes both away is found out. Method: the statements themselves, as the owning role and
/// as superuser.
class AppendOnlyTest {
  private static final String OWNER = "log_owner_" + ProcessHandle.current().pid();

  @TempDir Path folder;
  private LogFixture fixture;
  private Database owned;
  private EvidenceLog log;

  @BeforeEach
  void openLogAsAnOrdinaryRole() {
    fixture = new LogFixture(folder);
    fixture.address.execute(
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = '%1$s') then
            create role %1$s login password 'owner';
          end if;
        end $$;
        alter database %2$s owner to %1$s
        """
            .formatted(OWNER, fixture.address.database()));
    owned = new Database(fixture.address.jdbcUrl(), OWNER, "owner", 4);
    log = new EvidenceLog(owned, fixture.keys, LogFixture.CLOCK, LogFixture.SETTINGS);
    EvidenceLogTest.appendMany(log, 300);
    log.checkpoint();
  }

  @AfterEach
  void closeLog() {
    log.close();
    owned.close();
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update evidence.leaf set kind = kind",
        "delete from evidence.leaf",
        "truncate evidence.leaf",
        "update evidence.tile set root = root",
        "delete from evidence.tile",
        "truncate evidence.tile",
        "update evidence.checkpoint set note = note",
        "delete from evidence.checkpoint",
        "truncate evidence.checkpoint",
        "delete from evidence.head",
        "truncate evidence.head",
      })
  void changesAreRefusedByGrantToTheOwnerAndByTriggerToASuperuser(String statement)
      throws SQLException {
    assertThatThrownBy(() -> execute(OWNER, "owner", statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied for table");
    assertThatThrownBy(() -> execute(fixture.address.user(), fixture.address.password(), statement))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
    assertThat(log.size()).isEqualTo(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"size = 299", "size = size", "origin = 'other', size = size + 1"})
  void theHeadOnlyMovesForward(String change) {
    assertThatThrownBy(() -> execute(OWNER, "owner", "update evidence.head set " + change))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("only moves forward");
  }

  @Test
  void aLeafChangedBehindTheTriggersIsFoundAndNothingMoreIsSigned() throws SQLException {
    asSuperuser(
        """
        alter table evidence.leaf disable trigger all;
        update evidence.leaf set hash = sha256('other') where leaf_index = 290
        """);
    EvidenceLogTest.appendMany(log, 1);
    assertThatThrownBy(() -> log.checkpoint())
        .isInstanceOfSatisfying(
            RemitException.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.INTERNAL));
    assertThatThrownBy(() -> fixture.open())
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("does not open");
  }

  @Test
  void aBodyChangedInTheStoreIsNeverReturned() throws SQLException {
    asSuperuser(
        """
        update evidence.body set disclosures =
          convert_to(replace(convert_from(disclosures, 'UTF8'), 'note 7"', 'note 8"'), 'UTF8')
        where leaf_index = 7
        """);
    assertThat(log.entry(8).fields()).isPresent();
    assertThatThrownBy(() -> log.entry(7))
        .isInstanceOf(RemitException.class)
        .hasMessageContaining("altered");
  }

  private void asSuperuser(String sql) throws SQLException {
    execute(fixture.address.user(), fixture.address.password(), sql);
  }

  private void execute(String user, String password, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(fixture.address.jdbcUrl(), user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
