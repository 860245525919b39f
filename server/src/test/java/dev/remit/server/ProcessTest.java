package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.server.process.DataFolder;
import dev.remit.server.process.RunningServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Remit as a process: up, up again, killed, up again, down; and what stands in its way.
///
/// The server is a real process of its own, started by the command that people use.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProcessTest {
  @TempDir private static Path folder;
  private static Map<String, String> environment = Map.of();

  @BeforeAll
  static void choosePorts() {
    environment =
        Map.of(
            "REMIT_DB_PORT",
            "0",
            "REMIT_HTTP_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_WIRE_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_SAMPLE_CUSTOMERS",
            "100");
  }

  @AfterAll
  static void stop() {
    remit("down");
  }

  @Test
  @Order(1)
  void withoutAServerCommandsSaySoWithExitCodeThree() {
    CommandRun run = remit("source", "list");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("remit: Remit is not running; start it with `remit up`\n");
    assertThat(remit("status").exit()).isEqualTo(3);
    assertThat(remit("down").exit()).isZero();
  }

  @Test
  @Order(2)
  void upReturnsWhenItIsReadyAndSaysWhatToTry() {
    CommandRun run = remit("up", "--detach");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("Remit is ready").contains("psql --as analyst");
    assertThat(remit("status").out()).contains("health          ready");
    assertThat(remit("source", "list").out()).contains("crm     READY");
  }

  @Test
  @Order(3)
  void upTwiceIsHarmless() {
    long pid = running().pid();
    CommandRun run = remit("up", "--detach");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Remit is running already.");
    assertThat(running().pid()).isEqualTo(pid);
    assertThat(remit("up", "--fresh").err()).contains("before --fresh");
  }

  @Test
  @Order(3)
  void aSecondServerOnTheSameFolderIsRefused() throws Exception {
    Path state = new DataFolder(folder).serverState();
    byte[] kept = Files.readAllBytes(state);
    Files.delete(state);
    CommandRun run = remit("up");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("is in use by another Remit process");
    Files.write(state, kept);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  @Order(3)
  void everySecretIsReadableByItsOwnerOnly() throws Exception {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (name.matches("(users|keys|tls|postgres/passwords)/.*|operator.token|server.json")
            && !name.endsWith("/lock")) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(name)
              .isEqualTo("rw-------");
        }
      }
    }
    assertThat(folder.resolve("users/analyst.password")).exists();
  }

  @Test
  @Order(4)
  void whatWasAcknowledgedSurvivesKillNine() {
    CommandRun added =
        CommandRun.of(
            folder,
            Map.of("REMIT_USER_PASSWORD", "correct horse battery"),
            "user",
            "add",
            "ada",
            "--group",
            "analysts");
    assertThat(added.exit()).as(added.err()).isZero();
    String checkpoint = remit("log").out();
    ProcessHandle server = ProcessHandle.of(running().pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    assertThat(remit("status").exit()).isEqualTo(3);

    CommandRun again = remit("up", "--detach");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(remit("user", "list").out()).contains("ada");
    assertThat(remit("log", "--limit", "500").out())
        .contains(checkpoint.lines().filter(line -> line.contains("principal.added")).toList());
  }

  @Test
  @Order(5)
  void downStopsItAndSaysSo() {
    CommandRun run = remit("down");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("Remit has stopped.\n");
    assertThat(remit("status").exit()).isEqualTo(3);
  }

  @Test
  @Order(6)
  void aTakenPortIsNamedWithItsRemedy() throws Exception {
    int port = Integer.parseInt(environment.getOrDefault("REMIT_HTTP_PORT", ""));
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run = remit("up", "--detach");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains("port " + taken.getLocalPort()).contains("REMIT_HTTP_PORT");
    }
  }

  private static RunningServer running() {
    return RunningServer.of(new DataFolder(folder)).orElseThrow();
  }

  private static CommandRun remit(String... arguments) {
    return CommandRun.of(folder, environment, arguments);
  }
}
