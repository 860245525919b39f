package dev.remit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One call of the launcher in a clone of its own, with what it printed.
record LauncherRun(int exit, String out, String err) {

  /// Runs `FOLDER/clone/remit COMMAND`.
  ///
  /// @param environment the whole of it; nothing is inherited
  static LauncherRun of(Path folder, Map<String, String> environment, String command)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("clone/remit").toString(), command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the launcher did not end in a minute");
    }
    return new LauncherRun(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
