package dev.remit.server.administration;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.server.process.CommandContext;
import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;

/// Secrets that a command needs: from a file, the environment, or a prompt; never from an argument,
/// which every user of the machine can read.
final class SecretInput {
  private final CommandContext context;

  SecretInput(CommandContext context) {
    this.context = context;
  }

  /// The first of the three that is there; INVALID_REQUEST when none is.
  String read(String prompt, Optional<Path> file, String variable) {
    if (file.isPresent()) {
      return NamedFile.text(file.get()).strip();
    }
    String set = context.environment().get(variable);
    if (set != null) {
      return set;
    }
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s: ", prompt)))
        .map(String::new)
        .orElseThrow(() -> absent(variable));
  }

  private static RemitException absent(String variable) {
    return new RemitException(
        ErrorCode.INVALID_REQUEST, "no password: give --password-file FILE or set " + variable);
  }
}
