package dev.remit.server.command;

import dev.remit.server.process.CommandContext;
import dev.remit.server.process.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Says whether Remit runs and is ready.
@Command(name = "status", description = "Says whether Remit runs, and where.")
final class StatusCommand implements Callable<Integer> {
  private final CommandContext context;

  StatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Optional<RunningServer> running = context.running();
    if (running.isEmpty()) {
      context.out().println("Remit is not running over " + context.folder().root());
      return RemitCommand.NOT_RUNNING;
    }
    RunningServer server = running.get();
    HttpResponse<String> ready = ask(server);
    context
        .out()
        .printf(
            "process         %d%nadministration  %s/api/v1%nwire            %s:%d%ndata           "
                + " %s%nhealth          %s%n",
            server.pid(),
            server.http(),
            server.wireHost(),
            server.wirePort(),
            context.folder().root(),
            ready.statusCode() == 200 ? "ready" : ready.body());
    return ready.statusCode() == 200 ? 0 : RemitCommand.FAILED;
  }

  private static HttpResponse<String> ask(RunningServer server)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.http() + "/health/ready")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
