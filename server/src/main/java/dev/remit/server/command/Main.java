package dev.remit.server.command;

import dev.remit.platform.error.RemitException;
import dev.remit.server.process.CommandContext;

/// Where the program starts.
public final class Main {
  private Main() {}

  /// Runs one command and ends with its exit code.
  public static void main(String[] arguments) {
    CommandContext context;
    try {
      context = CommandContext.load(System.getenv(), System.in, System.out, System.err);
    } catch (RemitException refusal) {
      System.err.println("remit: " + refusal.getMessage());
      System.exit(1);
      return;
    }
    System.exit(RemitCommand.run(context, arguments));
  }
}
