package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher finds a JDK 25 wherever one may be, and fetches one when there is none.
///
/// The JDKs here are fakes: a folder with the two programs and a release file. The archive comes
/// from a `file:` address, so nothing needs a network.
class LauncherTest {
  private static final String RIGHT = "25.0.4";
  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aCloneOfTheLauncherAlone() throws IOException {
    Path clone = Files.createDirectories(folder.resolve("clone"));
    Files.copy(Path.of("../remit"), clone.resolve("remit"));
    executable(clone.resolve("remit"));
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.resolve("nobody").toString());
    environment.put("REMIT_JVM_FOLDERS", folder.resolve("jvms").toString());
  }

  @Test
  void javaHomeIsTakenWhenItIsTheRightVersion() throws Exception {
    environment.put("JAVA_HOME", jdk("home", RIGHT).toString());
    jdk("jvms/other", RIGHT);
    assertThat(launch("jdk").out()).isEqualTo(folder.resolve("home") + "\n");
  }

  @Test
  void aJavaHomeOfAnotherVersionIsPassedOver() throws Exception {
    environment.put("JAVA_HOME", jdk("home", "17.0.15").toString());
    jdk("jvms/temurin-21", "21.0.1");
    jdk("jvms/temurin-25", RIGHT);
    assertThat(launch("jdk").out()).isEqualTo(folder.resolve("jvms/temurin-25") + "\n");
  }

  @Test
  void aVersionThatOnlyBeginsAlikeIsPassedOver() throws Exception {
    jdk("jvms/temurin-250", "250.0.1");
    assertThat(launch("jdk").exit()).isEqualTo(1);
  }

  @Test
  void theJavaOfThePathIsFollowedThroughItsLinks() throws Exception {
    Path jdk = jdk("deep/jdk", RIGHT);
    Path programs = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("java"), jdk.resolve("bin/java"));
    environment.put("PATH", programs + ":/usr/bin:/bin");
    assertThat(launch("jdk").out()).isEqualTo(jdk + "\n");
  }

  @Test
  void aRuntimeWithoutCompilerIsPassedOver() throws Exception {
    Files.delete(jdk("jvms/jre-25", RIGHT).resolve("bin/javac"));
    assertThat(launch("jdk").exit()).isEqualTo(1);
  }

  @Test
  void theBundleOfMacOsIsLookedInto() throws Exception {
    Path home = jdk("jvms/temurin-25.jdk/Contents/Home", RIGHT);
    assertThat(launch("jdk").out()).isEqualTo(home + "\n");
  }

  @Test
  void whereThereIsNoneThePinnedArchiveIsFetchedCheckedAndKept() throws Exception {
    Path archive = archive();
    environment.put("REMIT_JDK_URL", "file://" + archive);
    environment.put("REMIT_JDK_SHA256", sha256(archive));
    Path fetched = folder.resolve("clone/.remit/jdk/temurin");
    assertThat(launch("jdk").out()).isEqualTo(fetched + "\n");
    Files.delete(archive);
    assertThat(launch("jdk").out()).isEqualTo(fetched + "\n");
  }

  @Test
  void anArchiveWithAnotherDigestIsThrownAway() throws Exception {
    environment.put("REMIT_JDK_URL", "file://" + archive());
    environment.put("REMIT_JDK_SHA256", "0".repeat(64));
    LauncherRun outcome = launch("jdk");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("was thrown away").contains("set JAVA_HOME");
    assertThat(folder.resolve("clone/.remit/jdk/temurin")).doesNotExist();
    assertThat(folder.resolve("clone/.remit/jdk/archive.tar.gz")).doesNotExist();
  }

  @Test
  void anAddressWithoutADigestIsRefused() throws Exception {
    environment.put("REMIT_JDK_URL", "file://" + archive());
    assertThat(launch("jdk").err()).contains("REMIT_JDK_SHA256");
  }

  @Test
  void whenNothingHelpsOneSentenceSaysHowToGetOne() throws Exception {
    environment.put("REMIT_JDK_URL", "file://" + folder.resolve("absent.tar.gz"));
    environment.put("REMIT_JDK_SHA256", "0".repeat(64));
    LauncherRun outcome = launch("jdk");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err().lines().filter(line -> line.startsWith("remit: the JDK could not")))
        .singleElement()
        .asString()
        .contains("install a JDK 25")
        .contains("https://adoptium.net");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\n");
      executable(home.resolve("bin").resolve(program));
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Path archive() throws Exception {
    jdk("packed/jdk-25.0.4+7", RIGHT);
    Path archive = folder.resolve("jdk.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar", "-czf", archive.toString(), "-C", folder.resolve("packed").toString(), ".")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("tar.out").toFile())
            .start();
    assertThat(tar.waitFor()).isZero();
    return archive;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private LauncherRun launch(String command) throws Exception {
    return LauncherRun.of(folder, environment, command);
  }
}
