package dev.remit.server.command;

import dev.remit.platform.config.RemitConfiguration;
import dev.remit.platform.disk.FolderLock;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.server.Wiring;
import dev.remit.server.process.CommandContext;
import dev.remit.server.process.DetachedServer;
import dev.remit.server.process.FreshStart;
import dev.remit.server.process.RunningServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the server, in this process or apart.
@Command(name = "up", description = "Starts Remit and prints what to try.")
final class UpCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--detach", description = "Return when it is ready and leave it running.")
  private boolean detach;

  @Option(names = "--fresh", description = "Delete the data folder's contents first.")
  private boolean fresh;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "Customers of the sample CRM when it is made (default 10000).")
  private Optional<Integer> customers = Optional.empty();

  UpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Optional<RunningServer> running = context.running();
    if (running.isPresent()) {
      if (fresh) {
        throw new RemitException(
            ErrorCode.CONFLICT,
            "Remit is running; stop it with `" + context.launcher() + " down` before --fresh");
      }
      context.out().println("Remit is running already.");
      new WhatToTry(context).print(running.get());
      return 0;
    }
    if (fresh) {
      FreshStart.delete(context.folder(), context.configuration());
    }
    return detach ? startApart() : runHere();
  }

  private int startApart() throws Exception {
    Instant begun = Instant.now(Clock.systemUTC());
    RunningServer server =
        DetachedServer.start(
            context.folder(),
            context.environment(),
            customers.map(number -> "--customers=" + number),
            context.out()::println);
    ready(begun);
    new WhatToTry(context).print(server);
    return 0;
  }

  private int runHere() throws Exception {
    Instant begun = Instant.now(Clock.systemUTC());
    PrivateFiles.folder(context.folder().root());
    CountDownLatch stopped = new CountDownLatch(1);
    try (FolderLock _ = FolderLock.take(context.folder().root(), "lock");
        Wiring wiring = Wiring.start(configuration(), context.folder(), context.out()::println)) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(wiring)));
      RunningServer server = wiring.running();
      server.write(context.folder());
      ready(begun);
      new WhatToTry(context).print(server);
      stopped.await();
    }
    return 0;
  }

  /// The signal's thread closes everything while the main thread waits for ever; the process ends
  /// when this returns.
  private void stop(Wiring wiring) {
    RunningServer.erase(context.folder());
    wiring.close();
  }

  private RemitConfiguration configuration() {
    RemitConfiguration set = context.configuration();
    return customers
        .map(number ->
            new RemitConfiguration(
                set.mode(),
                set.folder(),
                set.http(),
                set.wire(),
                set.db(),
                set.log(),
                new RemitConfiguration.Sample(set.sample().load(), number)))
        .orElse(set);
  }

  private void ready(Instant begun) {
    Duration took = Duration.between(begun, Instant.now(Clock.systemUTC()));
    context.out().printf("%nRemit is ready after %.1f s.%n", took.toMillis() / 1000.0);
  }
}
