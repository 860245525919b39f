package dev.remit.server.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Statements of a file under `corpus`, each ended by a semicolon at the end of a line.
///
/// A line `-- refused 42883` before a statement says that the proxy refuses it, whatever the source
/// would answer.
final class Corpus {
  private static final Pattern REFUSED = Pattern.compile("-- refused ([0-9A-Z]{5})\n");

  private Corpus() {}

  /// @param refused the SQLSTATE with which the proxy refuses it
  record Statement(String sql, Optional<String> refused) {}

  static List<Statement> read(String name) throws IOException {
    List<Statement> statements = new ArrayList<>();
    for (String part : resource("/corpus/" + name + ".sql").split(";\n")) {
      Matcher refused = REFUSED.matcher(part);
      Optional<String> state = refused.find() ? Optional.of(refused.group(1)) : Optional.empty();
      String sql = part.replaceAll("(?m)^--.*\n", "").strip();
      if (!sql.isEmpty()) {
        statements.add(new Statement(sql, state));
      }
    }
    return statements;
  }

  static String schema(String name) throws IOException {
    return resource("/schemas/" + name + ".sql");
  }

  private static String resource(String path) throws IOException {
    try (InputStream stream = Corpus.class.getResourceAsStream(path)) {
      return new String(
          Objects.requireNonNull(stream, path).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
