package dev.remit.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Bearer tokens for the administration interface.
@Command(name = "token", description = "Bearer tokens of the administration interface.")
final class TokenCommand extends Group {
  private final CommandContext context;

  TokenCommand(CommandContext context) {
    this.context = context;
  }

  @Command(name = "issue", description = "Makes a token for a user and prints it once.")
  void issue(
      @Parameters(paramLabel = "USER") String user,
      @Option(names = "--days", paramLabel = "N", description = "Until it expires.")
          Optional<Integer> days) {
    Map<String, Object> body = new HashMap<>();
    body.put("principal", user);
    days.ifPresent(number -> body.put("days", number));
    try (ApiClient api = context.api()) {
      JsonNode issued = api.post("/tokens", body);
      context.out().println(issued.path("token").asText());
      context.err().println("token " + issued.path("id").asLong() + " is not shown again");
    }
  }

  @Command(name = "list", description = "Lists valid tokens, without themselves.")
  void list() {
    try (ApiClient api = context.api()) {
      TextTable table = new TextTable("ID", "USER", "ISSUED", "EXPIRES");
      for (JsonNode token : api.get("/tokens").path("tokens")) {
        table.row(
            token.path("id").asText(),
            token.path("principal").asText(),
            token.path("issued").asText(),
            token.path("expires").asText("never"));
      }
      table.print(context.out(), "There are no tokens.");
    }
  }

  @Command(name = "revoke", description = "Makes a token worthless from the next call.")
  void revoke(@Parameters(paramLabel = "ID") long id) {
    try (ApiClient api = context.api()) {
      api.delete("/tokens/" + id);
    }
    context.out().println("Token " + id + " is revoked.");
  }
}
