package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who may log in.
@Command(name = "user", description = "Who may log in, and as what.")
public final class UserCommand extends Group {
  private final CommandContext context;

  public UserCommand(CommandContext context) {
    this.context = context;
  }

  @Command(
      name = "add",
      description = {
        "Adds a user.",
        "The password comes from --password-file, the variable REMIT_USER_PASSWORD, or a prompt."
      })
  void add(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--group", paramLabel = "GROUP", description = "May be repeated.")
          List<String> groups,
      @Option(
              names = "--attribute",
              paramLabel = "NAME=VALUE",
              description = "For example region=EU; may be repeated.")
          Map<String, String> attributes,
      @Option(names = "--password-file", paramLabel = "FILE") Optional<Path> passwordFile) {
    String password =
        new SecretInput(context).read("Password for " + name, passwordFile, "REMIT_USER_PASSWORD");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    body.put("password", password);
    body.put("groups", groups == null ? List.of() : groups);
    body.put("attributes", attributes == null ? Map.of() : attributes);
    try (ApiClient api = ApiClient.of(context)) {
      api.post("/users", body);
    }
    context.out().println("User " + name + " may log in.");
  }

  @Command(name = "list", description = "Lists users with groups, roles and attributes.")
  void list() {
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table = new TextTable("USER", "GROUPS", "ROLES", "ATTRIBUTES");
      for (JsonNode user : api.get("/users").path("users")) {
        table.row(
            user.path("name").asText(),
            joined(user.path("groups")),
            joined(user.path("roles")),
            attributes(user.path("attributes")));
      }
      table.print(context.out(), "There are no users; add one with `user add NAME`.");
    }
  }

  @Command(name = "remove", description = "Removes a user with her tokens.")
  void remove(@Parameters(paramLabel = "NAME") String name) {
    try (ApiClient api = ApiClient.of(context)) {
      api.delete("/users/" + ApiClient.segment(name));
    }
    context.out().println("User " + name + " is removed.");
  }

  private static String joined(JsonNode values) {
    StringJoiner text = new StringJoiner(", ").setEmptyValue("-");
    values.forEach(value -> text.add(value.asText()));
    return text.toString();
  }

  private static String attributes(JsonNode values) {
    StringJoiner text = new StringJoiner(", ").setEmptyValue("-");
    values
        .properties()
        .forEach(entry -> text.add(entry.getKey() + "=" + entry.getValue().asText()));
    return text.toString();
  }
}
