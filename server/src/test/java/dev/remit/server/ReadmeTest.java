package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The README is true: its commands are run as they stand there, and print what stands below them.
///
/// Tokens differ with each key ring and are compared by their shape; everything else to the letter,
/// but for the width of columns. The build and the test suite themselves are left out.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadmeTest {
  private static final Path README = Path.of("../README.md");
  private static final int ONE_SCREEN_LINES = 70;
  private static final int COMMANDS_BEFORE_LINE = 25;
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```\n(.*?)\n```\n");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String SOURCE_ADDRESS = "postgresql://reader@host/shop";

  @TempDir private static Path folder;
  private static Map<String, String> environment = Map.of();

  /// @param command as it stands in the text, without its comment
  /// @param output what stands below it
  private record Step(String command, String output) {}

  @BeforeAll
  static void shellWithTheLauncher() throws IOException {
    Path launcher =
        Files.writeString(
            folder.resolve("remit"),
            """
            #!/bin/sh
            exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' dev.remit.server.command.Main "$@"
            """
                .formatted(System.getProperty("java.home"), absoluteClassPath()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment =
        Map.of(
            "REMIT_HOME",
            folder.toString(),
            "REMIT_FOLDER",
            folder.resolve(".remit").toString(),
            "REMIT_DB_PORT",
            "0",
            "REMIT_HTTP_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_WIRE_PORT",
            Integer.toString(RunningRemit.freePort()),
            "REMIT_SAMPLE_CUSTOMERS",
            "2000",
            "REMIT_SOURCE_PASSWORD",
            "reads only",
            "REMIT_USER_PASSWORD",
            "dora's own",
            "REMIT_LAUNCHER",
            "./remit");
  }

  @AfterAll
  static void stop() throws Exception {
    shell("./remit down");
  }

  @Test
  @Order(1)
  void itFitsOneScreenAndBeginsWithTheCommands() throws IOException {
    List<String> lines = Files.readAllLines(README);
    assertThat(lines).hasSizeLessThan(ONE_SCREEN_LINES);
    assertThat(lines.indexOf("./remit test            # the whole test suite"))
        .isBetween(1, COMMANDS_BEFORE_LINE);
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(README));
    while (link.find()) {
      assertThat(README.resolveSibling(link.group(1))).exists();
    }
  }

  @Test
  @Order(2)
  void theFirstCommandsStartEverythingAndSayWhatToTry() throws Exception {
    List<Step> steps = steps(1);
    assertThat(steps).extracting(Step::command).startsWith("./remit up --detach");
    assertThat(shell(steps.getFirst().command())).contains("Remit is ready after");
  }

  @Test
  @Order(3)
  void theSameQuestionIsAnsweredAsTheTextShows() throws Exception {
    List<Step> steps = steps(2);
    String question = steps.getFirst().command();
    assertThat(question).startsWith("Q=");
    for (Step step : steps.subList(1, steps.size())) {
      assertThat(normal(shell(question + "\n" + step.command())))
          .as(step.command())
          .isEqualTo(normal(step.output()));
    }
    String accesses = shell("./remit access list");
    assertThat(accesses).contains("analyst", "analytics", "support", "service");
    String id = accesses.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
    assertThat(shell("./remit access explain " + id))
        .contains("policy")
        .contains("verified: entry " + id + " is in the log");
  }

  @Test
  @Order(4)
  void ownDatabasesAreGovernedByTheCommandsOfTheText() throws Exception {
    TestPostgres.Address database = TestPostgres.createDatabase();
    String role = "reader_" + database.database();
    database.execute(
        """
        create table people (id integer primary key, email text);
        insert into people values (1, 'ada@example.org');
        create role %1$s login password 'reads only';
        grant select on people to %1$s;
        """
            .formatted(role));
    String address =
        "'postgresql://%s@%s:%d/%s'"
            .formatted(role, database.host(), database.port(), database.database());
    for (Step step : steps(3)) {
      shell(step.command().replace(SOURCE_ADDRESS, address));
    }
    assertThat(shell("./remit source list")).contains("shop");
    assertThat(Files.readString(folder.resolve("shop.yaml"))).contains("people");
  }

  /// The commands of the block with this number, with what stands below each.
  private static List<Step> steps(int block) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(README));
    for (int i = 0; i <= block; i++) {
      assertThat(blocks.find()).isTrue();
    }
    List<Step> steps = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    StringBuilder output = new StringBuilder();
    for (String line : blocks.group(1).lines().toList()) {
      if (isOpen(command)) {
        command.append('\n').append(line);
      } else if (line.startsWith("./remit") || line.startsWith("Q=")) {
        add(steps, command, output);
        command.append(line.replaceFirst(" +#.*", ""));
      } else {
        output.append(line).append('\n');
      }
    }
    add(steps, command, output);
    return steps;
  }

  private static boolean isOpen(StringBuilder command) {
    return command.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static void add(List<Step> steps, StringBuilder command, StringBuilder output) {
    if (!command.isEmpty()) {
      steps.add(new Step(command.toString(), output.toString()));
    }
    command.setLength(0);
    output.setLength(0);
  }

  /// Tokens by their shape, and columns whatever their width.
  private static String normal(String output) {
    return TOKEN
        .matcher(output)
        .replaceAll("<token>")
        .replaceAll("-{3,}", "-")
        .replaceAll("[ \t]+", " ")
        .replaceAll("(?m)^ | $", "")
        .replaceAll("\\(\\d+ rows?\\)", "")
        .strip();
  }

  private static String shell(String commands) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "shell", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(commands).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(commands + "\n" + said).isZero();
    return said;
  }

  private static String absoluteClassPath() {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      parts.add(Path.of(part).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, parts);
  }
}
