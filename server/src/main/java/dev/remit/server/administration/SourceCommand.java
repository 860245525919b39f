package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Databases that Remit governs.
@Command(name = "source", description = "Databases that Remit governs.")
public final class SourceCommand extends Group {
  private final CommandContext context;

  public SourceCommand(CommandContext context) {
    this.context = context;
  }

  @Command(
      name = "add",
      description = {
        "Registers a PostgreSQL database and scans it; nothing of it is visible to anyone yet.",
        "The password comes from --password-file, the variable REMIT_SOURCE_PASSWORD, or a prompt."
      })
  void add(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "URL", description = "postgresql://user@host:port/database")
          String url,
      @Option(names = "--password-file", paramLabel = "FILE") Optional<Path> passwordFile) {
    String password =
        new SecretInput(context)
            .read("Password of the role in " + name, passwordFile, "REMIT_SOURCE_PASSWORD");
    JsonNode found;
    try (ApiClient api = ApiClient.of(context)) {
      found = api.post("/sources", Map.of("name", name, "url", url, "password", password));
    }
    tables(found, ".");
    problems(found);
    if (found.path("tables").asInt() == 0) {
      context
          .out()
          .printf(
              "Its role may read nothing. Grant it what Remit shall govern, then:%n"
                  + "  %s source scan %s%n",
              context.launcher(), name);
      return;
    }
    context
        .out()
        .printf(
            "Everything in it is invisible until a policy allows it. Next:%n"
                + "  %1$s catalog --source %2$s%n"
                + "  %1$s policy suggest %2$s > %2$s.yaml%n"
                + "  %1$s policy apply %2$s.yaml%n"
                + "  %1$s user add NAME --group GROUP%n"
                + "  %1$s psql --as NAME --for PURPOSE --source %2$s%n",
            context.launcher(), name);
  }

  @Command(name = "list", description = "Lists the sources and whether they answer.")
  void list() {
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table = new TextTable("SOURCE", "STATE", "TABLES");
      for (JsonNode source : api.get("/sources").path("sources")) {
        table.row(
            source.path("name").asText(),
            source.path("state").asText(),
            source.path("tables").asText());
      }
      table.print(
          context.out(), "There are no sources; add one with `source add NAME postgresql://…`.");
    }
  }

  @Command(name = "scan", description = "Looks again and prints the difference.")
  void scan(@Parameters(paramLabel = "NAME") String name) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode found = api.post("/sources/" + ApiClient.segment(name) + "/scans", Map.of());
      tables(found, ", %d differences to the last scan.".formatted(found.path("changes").size()));
      found.path("changes").forEach(change -> context.out().println("  " + change.asText()));
      problems(found);
    }
  }

  @Command(name = "remove", description = "Forgets a source and everything declared of it.")
  void remove(@Parameters(paramLabel = "NAME") String name) {
    try (ApiClient api = ApiClient.of(context)) {
      api.delete("/sources/" + ApiClient.segment(name));
    }
    context.out().println("Source " + name + " is removed; its database was not touched.");
  }

  private void tables(JsonNode found, String end) {
    context
        .out()
        .printf(
            "Source %s: %d tables and views%s%n",
            found.path("source").asText(), found.path("tables").asInt(), end);
  }

  private void problems(JsonNode found) {
    found.path("problems").forEach(problem -> context.out().println("  ! " + problem.asText()));
  }
}
