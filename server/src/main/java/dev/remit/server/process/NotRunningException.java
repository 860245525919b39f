package dev.remit.server.process;

/// The command needs a running server and there is none: exit code 3.
public final class NotRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotRunningException(String launcher) {
    super("Remit is not running; start it with `" + launcher + " up`");
  }
}
