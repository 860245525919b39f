package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.platform.http.Json;
import dev.remit.server.process.CommandContext;
import dev.remit.server.proof.LogProof;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who read what, and why.
@Command(name = "access", description = "Who read what for which purpose, and why.")
public final class AccessCommand extends Group {
  private final CommandContext context;

  public AccessCommand(CommandContext context) {
    this.context = context;
  }

  @Command(name = "list", description = "Lists accesses, the latest first.")
  void list(
      @Option(names = "--user", paramLabel = "USER") Optional<String> user,
      @Option(names = "--source", paramLabel = "NAME") Optional<String> source,
      @Option(
              names = "--person",
              paramLabel = "TABLE",
              description = "Only what names a person by her subject key; with --source and --key.")
          Optional<String> personTable,
      @Option(
              names = "--key",
              paramLabel = "VALUE",
              description = "Her key in that table, once for each column of it.")
          List<String> key,
      @Option(names = "--refused", description = "Only what was refused.") boolean refused,
      @Option(names = "--limit", paramLabel = "N", defaultValue = "20") int limit,
      @Option(names = "--below", paramLabel = "ID", description = "Only what was before this one.")
          Optional<Long> below) {
    StringJoiner query = new StringJoiner("&", "/accesses?", "").add("limit=" + limit);
    user.ifPresent(name -> query.add("principal=" + ApiClient.segment(name)));
    source.ifPresent(name -> query.add("source=" + ApiClient.segment(name)));
    below.ifPresent(id -> query.add("below=" + id));
    personTable.ifPresent(name -> query.add("table=" + ApiClient.segment(name)));
    if (key != null) {
      query.add("key=" + ApiClient.segment(new String(Json.write(key), StandardCharsets.UTF_8)));
    }
    if (refused) {
      query.add("decision=refused");
    }
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table =
          new TextTable("ID", "TIME", "USER", "PURPOSE", "DECISION", "ROWS", "STATEMENT");
      JsonNode page = api.get(query.toString());
      for (JsonNode access : page.path("accesses")) {
        JsonNode intent = access.path("intent");
        table.row(
            access.path("id").asText(),
            access.path("time").asText(),
            intent.path("principal").asText("-"),
            intent.path("purpose").asText("-"),
            (intent.path("decision").asText("-") + " " + intent.path("code").asText("")).strip(),
            access.path("outcome").path("rows").asText("-"),
            shortened(intent.path("statement").asText("-")));
      }
      boolean more = page.has("next");
      table.print(context.out(), more ? "None so far." : "Nobody has read anything like that yet.");
      if (more) {
        context.err().println("More: --below " + page.path("next").asText());
      }
    }
  }

  @Command(
      name = "explain",
      description = "Explains one access: policies, columns, outcome, proof.")
  void explain(@Parameters(paramLabel = "ID") long id) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode answer = api.get("/accesses/" + id);
      JsonNode access = answer.path("access");
      line("access", access.path("id").asText() + " at " + access.path("time").asText());
      access.path("intent").properties().forEach(field -> line(field.getKey(), field.getValue()));
      JsonNode outcome = access.path("outcome");
      line("outcome", outcome.isMissingNode() ? "none yet: counts as delivered" : "");
      outcome.properties().forEach(field -> line("  " + field.getKey(), field.getValue()));
      for (JsonNode policy : answer.path("policies")) {
        line(
            "policy " + policy.path("id").asText(),
            policy.path("name").asText("no longer in force"));
        line("", policy.path("definition").toString());
      }
      String note = answer.path("checkpoint").asText();
      context
          .out()
          .printf(
              "%n%s%n%s",
              LogProof.of(context.folder().logKey(), () -> api.getText("/log/key"))
                  .verified(
                      id,
                      answer.path("leaf").asText(),
                      answer.path("disclosures"),
                      answer.path("proof"),
                      note),
              note);
    }
  }

  private void line(String name, JsonNode value) {
    if (value.isArray() && name.equals("why")) {
      value.forEach(reason -> line(reason.equals(value.get(0)) ? name : "", reason.asText()));
    } else if (value.isArray()) {
      StringJoiner text = new StringJoiner(", ");
      value.forEach(one -> text.add(one.asText()));
      line(name, text.toString());
    } else {
      line(name, value.asText());
    }
  }

  private void line(String name, String value) {
    context.out().printf("%-14s %s%n", name, value);
  }

  private static String shortened(String statement) {
    String line = statement.replaceAll("\\s+", " ");
    return line.length() <= 70 ? line : line.substring(0, 67) + "...";
  }
}
