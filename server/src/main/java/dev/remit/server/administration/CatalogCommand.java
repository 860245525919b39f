package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What data there is.
@Command(name = "catalog", description = "Tables with their tags, and what is still undeclared.")
public final class CatalogCommand implements Runnable {
  private final CommandContext context;

  @Option(names = "--source", paramLabel = "NAME", description = "Of one source only.")
  private Optional<String> source = Optional.empty();

  public CatalogCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table =
          new TextTable("SOURCE", "TABLE", "KIND", "COLUMNS", "PERSONAL", "UNDECLARED");
      String query = source.map(name -> "?source=" + ApiClient.segment(name)).orElse("");
      for (JsonNode line : api.get("/catalog" + query).path("tables")) {
        table.row(
            line.path("source").asText(),
            line.path("table").asText(),
            line.path("kind").asText(),
            line.path("columns").asText(),
            line.path("personal").asText(),
            joined(line.path("undeclared"), "-"));
      }
      table.print(context.out(), "The catalog is empty; add a source with `source add`.");
    }
  }

  @Command(name = "show", description = "Shows one table: key, references, tags and why.")
  void show(
      @Parameters(paramLabel = "TABLE", description = "TABLE or SCHEMA.TABLE") String table,
      @Option(names = "--source", paramLabel = "NAME", description = "Default: crm.")
          Optional<String> tableSource) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode shown =
          api.get(
              "/catalog/%s/%s"
                  .formatted(
                      ApiClient.segment(tableSource.or(() -> source).orElse("crm")),
                      ApiClient.segment(table)));
      print(shown);
    }
  }

  private void print(JsonNode table) {
    line(
        table.path("source").asText() + "." + table.path("table").asText(),
        table.path("kind").asText() + " (" + table.path("state").asText() + ")");
    line("owner", table.path("owner").asText("-"));
    line("key", joined(table.path("key"), "none"));
    line("subject key", joined(table.path("subjectKey"), "-"));
    line("residency by", table.path("residency").asText("-"));
    line("retention by", table.path("retention").asText("-"));
    for (JsonNode reference : table.path("references")) {
      line(
          "references",
          "(%s) → %s (%s)"
              .formatted(
                  joined(reference.path("columns"), ""),
                  reference.path("table").asText(),
                  joined(reference.path("referenced"), "")));
    }
    line("undeclared", joined(table.path("undeclared"), "nothing"));
    context.out().println();
    TextTable columns = new TextTable("COLUMN", "TYPE", "PERSONAL", "TAGS AND WHY");
    for (JsonNode column : table.path("columns")) {
      columns.row(
          column.path("name").asText(),
          column.path("type").asText(),
          column.path("personal").asBoolean() ? "yes" : "",
          tags(column.path("tags")));
    }
    columns.print(context.out(), "It has no columns.");
  }

  private static String tags(JsonNode tags) {
    StringJoiner text = new StringJoiner("; ");
    for (JsonNode tag : tags) {
      text.add(
          tag.path("declared").asBoolean()
              ? tag.path("name").asText() + " (declared)"
              : "%s (%.2f: %s)"
                  .formatted(
                      tag.path("name").asText(),
                      tag.path("confidence").asDouble(),
                      tag.path("reason").asText()));
    }
    return text.toString();
  }

  private static String joined(JsonNode values, String whenEmpty) {
    StringJoiner text = new StringJoiner(", ").setEmptyValue(whenEmpty);
    values.forEach(value -> text.add(value.asText()));
    return text.toString();
  }

  private void line(String name, String value) {
    context.out().printf("%-24s %s%n", name, value);
  }
}
