package dev.remit.server.process;

import dev.remit.platform.config.ConfigurationFile;
import dev.remit.platform.config.RemitConfiguration;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What every command stands on.
///
/// @param home folder that relative paths of the configuration start from
/// @param launcher how people call this program, for the commands we print
public record CommandContext(
    RemitConfiguration configuration,
    DataFolder folder,
    Path home,
    String launcher,
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err) {

  /// Reads the configuration: the file named by `REMIT_CONFIG`, else `remit.yaml` in the home,
  /// which is `REMIT_HOME` or the working folder.
  public static CommandContext load(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    Path home = Path.of(environment.getOrDefault("REMIT_HOME", "")).toAbsolutePath();
    Path file = home.resolve(environment.getOrDefault("REMIT_CONFIG", "remit.yaml"));
    RemitConfiguration configuration = ConfigurationFile.load(file, environment);
    return new CommandContext(
        configuration,
        new DataFolder(home.resolve(configuration.folder())),
        home,
        environment.getOrDefault("REMIT_LAUNCHER", "remit"),
        environment,
        in,
        out,
        err);
  }

  /// The server of this folder, when it runs.
  public Optional<RunningServer> running() {
    return RunningServer.of(folder);
  }
}
