package dev.remit.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.server.process.CommandContext;
import dev.remit.server.proof.LogProof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The tamper-evident log.
@Command(name = "log", description = "The latest entries of the log and its signed checkpoint.")
public final class LogCommand implements Runnable {
  private final CommandContext context;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20")
  private int limit;

  public LogCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    try (ApiClient api = ApiClient.of(context)) {
      TextTable table = new TextTable("INDEX", "TIME", "KIND");
      for (JsonNode entry : api.get("/log/entries?limit=" + limit).path("entries")) {
        table.row(
            entry.path("index").asText(), entry.path("time").asText(), entry.path("kind").asText());
      }
      table.print(context.out(), "The log is empty.");
      context.out().println();
      context.out().print(api.getText("/log/checkpoint"));
    }
  }

  @Command(name = "show", description = "Shows one entry with its proof.")
  void show(@Parameters(paramLabel = "INDEX") long index) {
    try (ApiClient api = ApiClient.of(context)) {
      JsonNode entry = api.get("/log/entries/" + index);
      context.out().printf("index  %d%nkind   %s%n", index, entry.path("kind").asText());
      context.out().printf("time   %s%n", entry.path("time").asText());
      context.out().printf("leaf   %s%n", entry.path("leaf").asText());
      if (entry.path("disclosures").isMissingNode()) {
        context.out().println("body   deleted; the leaf holds salted digests only");
      }
      for (JsonNode field : entry.path("disclosures")) {
        context
            .out()
            .printf("  %-14s %s%n", field.path("name").asText(), field.path("value").toString());
      }
      JsonNode proof = api.get("/log/proofs/inclusion?index=" + index);
      context.out().printf("proof  %d hashes%n", proof.path("path").size());
      proof.path("path").forEach(hash -> context.out().println("  " + hash.asText()));
      String note = proof.path("checkpoint").asText();
      context
          .out()
          .printf(
              "%n%s%n%s",
              LogProof.of(context.folder().logKey(), () -> api.getText("/log/key"))
                  .verified(
                      index,
                      entry.path("leaf").asText(),
                      entry.path("disclosures"),
                      proof.path("path"),
                      note),
              note);
    }
  }
}
