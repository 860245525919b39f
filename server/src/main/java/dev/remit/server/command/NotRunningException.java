package dev.remit.server.command;

/// The command needs a running server and there is none: exit code 3.
final class NotRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotRunningException(String launcher) {
    super("Remit is not running; start it with `" + launcher + " up`");
  }
}
