package dev.remit.server.command;

import dev.remit.platform.disk.PrivateFiles;
import dev.remit.server.process.CommandContext;
import dev.remit.server.process.NotRunningException;
import dev.remit.server.process.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs the system's psql as one of the users.
@Command(
    name = "psql",
    description = "Opens psql as a user, for a purpose; arguments after -- go to psql.")
final class PsqlCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--as", paramLabel = "USER", description = "Who asks (default analyst).")
  private String user = "analyst";

  @Option(names = "--for", paramLabel = "PURPOSE", description = "What for, e.g. analytics.")
  private Optional<String> purpose = Optional.empty();

  @Option(names = "--source", paramLabel = "NAME", description = "Which source (default crm).")
  private String source = "crm";

  @Parameters(paramLabel = "PSQL-ARGS", description = "Arguments for psql itself.")
  private List<String> arguments = new ArrayList<>();

  PsqlCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    RunningServer server =
        context.running().orElseThrow(() -> new NotRunningException(context.launcher()));
    Optional<Path> psql = find("psql");
    if (psql.isEmpty()) {
      context
          .err()
          .printf(
              "remit: psql is not installed; get it with `apt install postgresql-client` or"
                  + " `brew install libpq`, or connect another client to %s%n",
              connection(server));
      return 1;
    }
    List<String> command = new ArrayList<>();
    command.add(psql.get().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    settings(server, builder.environment());
    return wait(builder.start());
  }

  private void settings(RunningServer server, Map<String, String> environment) {
    environment.put("PGHOST", "localhost");
    environment.put("PGHOSTADDR", server.wireHost());
    environment.put("PGPORT", Integer.toString(server.wirePort()));
    environment.put("PGDATABASE", source);
    environment.put("PGUSER", user);
    environment.put("PGSSLMODE", "verify-full");
    environment.put("PGSSLROOTCERT", server.caFile());
    purpose.ifPresent(name -> environment.put("PGOPTIONS", "-c remit.purpose=" + escaped(name)));
    Path password = context.folder().demoPassword(user);
    if (Files.exists(password)) {
      environment.put(
          "PGPASSWORD", new String(PrivateFiles.read(password), StandardCharsets.UTF_8).strip());
    }
  }

  /// libpq's `options`: a space or backslash within a value is escaped by a backslash.
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(" ", "\\ ");
  }

  private String connection(RunningServer server) {
    return "postgresql://%s@%s:%d/%s?sslmode=verify-ca&sslrootcert=%s%s (password in %s)"
        .formatted(
            user,
            server.wireHost(),
            server.wirePort(),
            source,
            server.caFile(),
            purpose.map(name -> "&options=-c%20remit.purpose%3D" + name).orElse(""),
            context.folder().demoPassword(user));
  }

  /// Ctrl-C belongs to psql, which cancels a statement by it; Java would end. The hook keeps this
  /// process until psql ends and hands on its exit code.
  private static int wait(Process psql) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  if (psql.isAlive()) {
                    Runtime.getRuntime().halt(psql.onExit().join().exitValue());
                  }
                }));
    return psql.waitFor();
  }

  private Optional<Path> find(String program) throws IOException {
    for (String folder : context.environment().getOrDefault("PATH", "").split(":")) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
