package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Governance files and the policies in force.
@Command(name = "policy", description = "Governance files and the policies in force.")
public final class PolicyCommand extends Group {
  private static final int REFUSED = 1;
  private final CommandContext context;

  public PolicyCommand(CommandContext context) {
    this.context = context;
  }

  @Command(
      name = "apply",
      description =
          "Puts a governance file (YAML or Ranger JSON) in force, from the next statement.")
  void apply(
      @Parameters(paramLabel = "PATH") Path path,
      @Option(names = "--source", paramLabel = "NAME") Optional<String> source) {
    try (ApiClient api = ApiClient.of(context)) {
      print(api.post("/governance", body(path, source)));
    }
  }

  @Command(name = "plan", description = "Prints what `apply` would change.")
  int plan(
      @Parameters(paramLabel = "PATH") Path path,
      @Option(names = "--source", paramLabel = "NAME") Optional<String> source) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode plan = api.post("/governance/plans", body(path, source));
      print(plan);
      return plan.path("problems").isEmpty() ? 0 : REFUSED;
    }
  }

  @Command(name = "suggest", description = "Writes a first governance file for a source.")
  void suggest(@Parameters(paramLabel = "NAME") String name) {
    try (ApiClient api = ApiClient.of(context)) {
      context.out().print(api.getText("/sources/" + ApiClient.segment(name) + "/suggestion"));
    }
  }

  @Command(name = "list", description = "Lists the policies in force.")
  void list(@Option(names = "--source", paramLabel = "NAME") Optional<String> source) {
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table = new TextTable("ID", "SOURCE", "FORM", "NAME");
      String query = source.map(name -> "?source=" + ApiClient.segment(name)).orElse("");
      for (JsonNode policy : api.get("/policies" + query).path("policies")) {
        table.row(
            policy.path("id").asText(),
            policy.path("source").asText(),
            policy.path("form").asText(),
            policy.path("name").asText());
      }
      table.print(context.out(), "No policy is in force: nobody sees anything.");
    }
  }

  @Command(name = "remove", description = "Takes a policy out of force.")
  void remove(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "NAME") String name) {
    try (ApiClient api = ApiClient.of(context)) {
      api.delete("/policies/" + ApiClient.segment(source) + "/" + ApiClient.segment(name));
    }
    context.out().println("The policy is no longer in force.");
  }

  private static Map<String, Object> body(Path path, Optional<String> source) {
    Map<String, Object> body = new HashMap<>();
    body.put("document", NamedFile.text(path));
    source.ifPresent(name -> body.put("source", name));
    return body;
  }

  private void print(JsonNode changes) {
    lines("", changes.path("declarations"));
    lines("+ policy ", changes.path("policiesAdded"));
    lines("~ policy ", changes.path("policiesChanged"));
    lines("! ", changes.path("warnings"));
    lines("refused: ", changes.path("problems"));
    if (changes.path("declarations").isEmpty()
        && changes.path("policiesAdded").isEmpty()
        && changes.path("policiesChanged").isEmpty()
        && changes.path("problems").isEmpty()) {
      context.out().println("Nothing changes.");
    }
  }

  private void lines(String prefix, JsonNode lines) {
    lines.forEach(line -> context.out().println(prefix + line.asText()));
  }
}
