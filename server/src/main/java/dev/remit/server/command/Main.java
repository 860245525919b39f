package dev.remit.server.command;

import dev.remit.platform.error.RemitException;
import dev.remit.server.process.CommandContext;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), System.in, System.out, System.err, arguments));
  }

  /// Runs one command.
  ///
  /// @return the exit code; a configuration that cannot be read fails every command
  public static int run(
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err,
      String... arguments) {
    CommandContext context;
    try {
      context = CommandContext.load(environment, in, out, err);
    } catch (RemitException refusal) {
      err.println("remit: " + refusal.getMessage());
      return RemitCommand.FAILED;
    }
    return RemitCommand.run(context, arguments);
  }
}
