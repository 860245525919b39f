package dev.remit.server.process;

import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Starts a server as a process of its own and waits until it is ready.
///
/// It runs this very program as `up`, in a session apart from the terminal. What it says while it
/// starts is handed on; its log goes to `server.log`.
public final class DetachedServer {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final long LOOK_MILLISECONDS = 50;

  private DetachedServer() {}

  /// @param environment beside the variables of this process
  /// @param argument one more argument of `up`
  /// @param progress told each line the server prints before it is ready
  public static RunningServer start(
      DataFolder folder,
      Map<String, String> environment,
      Optional<String> argument,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    PrivateFiles.folder(folder.root());
    PrivateFiles.write(folder.serverLog(), "");
    Path said = folder.root().resolve("start.log");
    PrivateFiles.write(said, "");
    ProcessBuilder builder =
        new ProcessBuilder(command(argument))
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.serverLog().toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (BufferedReader lines = Files.newBufferedReader(said)) {
      long looks = LIMIT.toMillis() / LOOK_MILLISECONDS;
      for (long look = 0; look < looks; look++) {
        boolean ended = process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        Optional<RunningServer> server = RunningServer.of(folder);
        tell(lines, server.isPresent() ? line -> {} : progress);
        if (server.isPresent()) {
          return server.get();
        }
        if (ended) {
          throw new RemitException(
              ErrorCode.INTERNAL, "the server did not start: " + lastWords(folder.serverLog()));
        }
      }
    }
    process.destroy();
    throw new RemitException(
        ErrorCode.INTERNAL,
        "the server was not ready within %d min; its log is %s"
            .formatted(LIMIT.toMinutes(), folder.serverLog()));
  }

  private static void tell(BufferedReader lines, Consumer<String> progress) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      progress.accept(line);
    }
  }

  private static List<String> command(Optional<String> argument) {
    List<String> command = new ArrayList<>(apartFromTerminal());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      command.add(option.replace("command.jsa", "server.jsa"));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.remit.server.command.Main"));
    command.add("up");
    argument.ifPresent(command::add);
    return command;
  }

  /// `setsid` where there is one (Linux), else `nohup` (POSIX): closing the terminal ends neither.
  private static List<String> apartFromTerminal() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst()
        .map(List::of)
        .orElse(List.of("nohup"));
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.stream()
        .filter(line -> line.startsWith("remit: "))
        .reduce((first, second) -> second)
        .map(line -> line.substring("remit: ".length()))
        .orElse("its log is " + log);
  }
}
