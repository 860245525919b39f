package dev.remit.server.command;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.server.process.CommandContext;
import dev.remit.server.process.RunningServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Stops the server of this folder.
@Command(name = "down", description = "Stops Remit; its data stay.")
final class DownCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private final CommandContext context;

  DownCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Optional<RunningServer> running = context.running();
    if (running.isEmpty()) {
      context.out().println("Remit is not running.");
      return 0;
    }
    if (!running.get().stop(LIMIT)) {
      throw new RemitException(
          ErrorCode.INTERNAL,
          "process %d did not stop within %d s; its log is %s"
              .formatted(running.get().pid(), LIMIT.toSeconds(), context.folder().serverLog()));
    }
    context.out().println("Remit has stopped.");
    return 0;
  }
}
