package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Short-lived secrets.
@Command(name = "token", description = "Short-lived secrets for the API or the wire.")
public final class TokenCommand extends Group {
  private final CommandContext context;

  public TokenCommand(CommandContext context) {
    this.context = context;
  }

  @Command(name = "issue", description = "Makes a token for a user and prints it once.")
  void issue(
      @Parameters(paramLabel = "USER") String user,
      @Option(
              names = "--audience",
              paramLabel = "api|wire",
              defaultValue = "api",
              description = "What it is good for (default api).")
          String audience,
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "60",
              description = "Until it expires (default 60).")
          int minutes) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode issued =
          api.post("/tokens", Map.of("user", user, "audience", audience, "minutes", minutes));
      context.out().println(issued.path("secret").asText());
      context
          .err()
          .printf(
              "token %s, login name on the wire %s, expires %s; it is not shown again%n",
              issued.path("id").asText(),
              issued.path("loginName").asText(),
              issued.path("expires").asText());
    }
  }

  @Command(name = "revoke", description = "Makes a token worthless from the next call.")
  void revoke(@Parameters(paramLabel = "ID") String id) {
    try (ApiClient api = ApiClient.of(context)) {
      api.delete("/tokens/" + ApiClient.segment(id));
    }
    context.out().println("Token " + id + " is revoked.");
  }
}
