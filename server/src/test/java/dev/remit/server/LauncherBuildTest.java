package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher builds when sources changed and only then, never beneath a running server, and
/// hands on the program's exit code.
///
/// Maven and Java are fakes that write down how they were called.
class LauncherBuildTest {
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aCloneWithFakePrograms() throws IOException {
    Path clone = folder.resolve("clone");
    Files.createDirectories(clone.resolve("server/src"));
    Files.copy(Path.of("../remit"), clone.resolve("remit"));
    executable(clone.resolve("remit"));
    Files.writeString(clone.resolve("pom.xml"), "<project/>");
    Files.writeString(clone.resolve("server/src/Source.java"), "class Source {}");
    program(
        clone.resolve("mvnw"),
        """
        echo built >> mvnw.called
        echo '[INFO] Building remit-server 1'
        [ -z "${FAKE_FAILURE:-}" ] || { echo '[ERROR] Source.java does not compile'; exit 1; }
        mkdir -p server/target/launch
        """);
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    program(jdk.resolve("java"), "echo \"java $*\"\nexit ${FAKE_EXIT:-0}\n");
    program(jdk.resolve("javac"), "");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.4\"\n");
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("REMIT_JVM_FOLDERS", folder.resolve("none").toString());
  }

  @Test
  void itBuildsAtTheFirstCallAndThenOnlyWhenASourceChanged() throws Exception {
    assertThat(launch("status").err()).contains("building Remit (the log is in ");
    assertThat(launch("status").out()).contains("remit-server.jar status");
    assertThat(builds()).isEqualTo(1);
    Files.setLastModifiedTime(
        folder.resolve("clone/server/src/Source.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    launch("status");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aFileThatWasDeletedIsAChangeToo() throws Exception {
    launch("status");
    Files.delete(folder.resolve("clone/server/src/Source.java"));
    Files.setLastModifiedTime(
        folder.resolve("clone/server/src"), FileTime.from(Instant.now().plusSeconds(60)));
    launch("status");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void nothingIsBuiltBeneathARunningServer() throws Exception {
    launch("status");
    Files.writeString(
        folder.resolve("clone/.remit/server.json"),
        "{\"pid\":" + ProcessHandle.current().pid() + ",\"started\":0}");
    Files.setLastModifiedTime(
        folder.resolve("clone/pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(launch("status").out()).contains("remit-server.jar status");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsSaysWhyAndWhereItsLogIs() throws Exception {
    environment.put("FAKE_FAILURE", "yes");
    LauncherRun outcome = launch("status");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("[ERROR] Source.java does not compile")
        .contains("remit: the build failed; the whole log is in ")
        .contains(".remit/build.log");
    assertThat(outcome.out()).isEmpty();
    environment.remove("FAKE_FAILURE");
    assertThat(launch("status").exit()).isZero();
  }

  @Test
  void theExitCodeOfTheProgramIsHandedOn() throws Exception {
    environment.put("FAKE_EXIT", "3");
    assertThat(launch("status").exit()).isEqualTo(3);
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("clone/mvnw.called")).size();
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private LauncherRun launch(String command) throws Exception {
    return LauncherRun.of(folder, environment, command);
  }
}
