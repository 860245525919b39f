package dev.remit.server.command;

import dev.remit.platform.error.RemitException;
import dev.remit.server.administration.AccessCommand;
import dev.remit.server.administration.CatalogCommand;
import dev.remit.server.administration.LogCommand;
import dev.remit.server.administration.PolicyCommand;
import dev.remit.server.administration.SourceCommand;
import dev.remit.server.administration.TokenCommand;
import dev.remit.server.administration.UserCommand;
import dev.remit.server.process.CommandContext;
import dev.remit.server.process.NotRunningException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// All commands by name.
@Command(
    name = "remit",
    description = "Governs every use of personal data: a purpose, a policy, a proof.",
    subcommands = CommandLine.HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not running.",
      "Of the launcher itself: `test` runs the whole test suite, `build` builds, `jdk` prints the"
          + " JDK."
    })
public final class RemitCommand implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RemitCommand.class);
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int NOT_RUNNING = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  private RemitCommand() {}

  /// Runs one command.
  ///
  /// @return the exit code
  public static int run(CommandContext context, String... arguments) {
    return commandLine(context).execute(arguments);
  }

  static CommandLine commandLine(CommandContext context) {
    CommandLine line = new CommandLine(new RemitCommand());
    line.addSubcommand(new UpCommand(context));
    line.addSubcommand(new DownCommand(context));
    line.addSubcommand(new StatusCommand(context));
    line.addSubcommand(new PsqlCommand(context));
    line.addSubcommand(new SourceCommand(context));
    line.addSubcommand(new CatalogCommand(context));
    line.addSubcommand(new PolicyCommand(context));
    line.addSubcommand(new UserCommand(context));
    line.addSubcommand(new TokenCommand(context));
    line.addSubcommand(new AccessCommand(context));
    line.addSubcommand(new LogCommand(context));
    offerHelp(line);
    line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(RemitCommand::wrongUsage);
    line.setExecutionExceptionHandler(RemitCommand::failed);
    return line;
  }

  /// `--help` and `-h` on every command, beside `help COMMAND`.
  private static void offerHelp(CommandLine line) {
    if (!(line.getCommand() instanceof CommandLine.HelpCommand)) {
      line.getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Prints this.")
                  .build());
      line.getSubcommands().values().forEach(RemitCommand::offerHelp);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int wrongUsage(ParameterException mistake, String[] arguments) {
    CommandLine line = mistake.getCommandLine();
    line.getErr().println("remit: " + mistake.getMessage());
    line.usage(line.getErr());
    return WRONG_USAGE;
  }

  private static int failed(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    switch (failure) {
      case NotRunningException absent -> {
        line.getErr().println("remit: " + absent.getMessage());
        return NOT_RUNNING;
      }
      case RemitException refusal -> {
        LOG.debug("refused", refusal);
        line.getErr().println("remit: " + refusal.getMessage());
        return FAILED;
      }
      case Exception unexpected -> {
        LOG.error("{} failed", arguments.originalArgs(), unexpected);
        line.getErr().println("remit: " + unexpected.getMessage());
        return FAILED;
      }
    }
  }
}
