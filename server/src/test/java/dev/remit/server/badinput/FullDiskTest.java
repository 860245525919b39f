package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.remit.evidence.model.SignedCheckpoint;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import dev.remit.server.testing.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full stops the rows that could not be recorded, says so, and loses nothing
/// that was answered; once there is room again Remit goes on by itself.
///
/// The disk is a file system in memory, which needs the right to mount; where that is missing the
/// test reports itself absent.
final class FullDiskTest {
  private static final int MOST_STATEMENTS = 20_000;
  @TempDir private Path folder;
  private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", disk.toString()) != 0) {
      abort("absent: no small file system can be mounted here, so a full disk was not tried");
    }
  }

  @AfterEach
  void unmount() throws Exception {
    assertThat(run("umount", "--lazy", disk.toString())).isZero();
  }

  @Test
  void rowsStopWhenTheirRecordCannotBeWrittenAndGoOnWhenThereIsRoom() throws Exception {
    try (GovernedStack remit = GovernedStack.start(disk.resolve("remit"))) {
      prepare(remit);
      LogReader log = new LogReader(remit.remit().folder());
      List<String> answered = new ArrayList<>();
      try (Connection connection = remit.connect("reader", "shop", "analytics")) {
        for (int i = 0; i < 20; i++) {
          answered.add(ask(connection, "before_" + i));
        }
        String checkpoint = log.checkpoint();
        Path filler = fill();
        assertThat(askUntilRefused(connection, answered))
            .contains("the access record could not be written, so nothing is shown; try again");
        Files.delete(filler);
        awaitAnswer(remit, answered);
        assertThat(recorded(log, answered)).isEmpty();
        assertThat(log.requireContinues(checkpoint).size())
            .isGreaterThan(SignedCheckpoint.parse(checkpoint).checkpoint().size());
      }
    }
  }

  /// Asks until the refusal, which it answers; every answer before it is on the list.
  private static String askUntilRefused(Connection connection, List<String> answered) {
    try {
      for (int i = 0; i < MOST_STATEMENTS; i++) {
        answered.add(ask(connection, "full_" + i));
      }
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).isEqualTo("58030");
      return String.valueOf(refused.getMessage());
    }
    throw new AssertionError("the disk was full and everything was answered");
  }

  private static void awaitAnswer(GovernedStack remit, List<String> answered) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try (Connection connection = remit.connect("reader", "shop", "analytics")) {
        answered.add(ask(connection, "after_"));
        return;
      } catch (SQLException notYet) {
        assertThat(Instant.now()).as(notYet.getMessage()).isBefore(end);
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  /// Those that were answered and are not on the record.
  private static List<String> recorded(LogReader log, List<String> answered) throws Exception {
    List<String> statements = log.statements();
    return answered.stream()
        .filter(marker -> statements.stream().noneMatch(text -> text.contains(marker + " ")))
        .toList();
  }

  private static String ask(Connection connection, String marker) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select email as " + marker + " from people")) {
      assertThat(rows.next()).isTrue();
      return marker;
    }
  }

  private static void prepare(GovernedStack remit) throws IOException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id integer primary key, email text);
        insert into people values (1, 'raw@example.org');
        """);
    remit.addSource("shop", database);
    remit.apply(
        "shop",
        """
        purposes:
          analytics: {title: Analytics, basis: contract, description: Reports}
        tables:
          public.people:
            columns:
              email: {tags: [contact.email]}
        policies:
          - name: people
            tables: [public.people]
            to: {groups: [analysts]}
            for: [analytics]
        """);
    remit.addUser("reader", "analysts");
  }

  /// Writes until nothing more fits.
  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }
}
