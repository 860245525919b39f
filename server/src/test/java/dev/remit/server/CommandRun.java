package dev.remit.server;

import dev.remit.server.command.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// One command as a person would type it, with what it printed.
public record CommandRun(int exit, String out, String err) {

  /// Runs it in this process over the folder.
  ///
  /// @param environment beside the folder
  public static CommandRun of(Path folder, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("REMIT_FOLDER", folder.toString());
    variables.put("REMIT_HOME", folder.toString());
    variables.put("PATH", System.getenv().getOrDefault("PATH", ""));
    int exit =
        Main.run(
            variables,
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
