package dev.remit.proxy.systemcatalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The rule files beside this class: one rule a line, `#` begins a comment line.
final class RuleFile {
  private RuleFile() {}

  /// A missing file is a broken build.
  static List<String> lines(String name) {
    try (InputStream file =
        Objects.requireNonNull(RuleFile.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + name, failure);
    }
  }
}
