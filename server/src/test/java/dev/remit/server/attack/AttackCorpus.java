package dev.remit.server.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads the files of statements under `attacks`: sections begin with `--- <channel> <title>`, a
/// statement ends with the line that ends in `;`. One line may hold several statements, which share
/// a session.
final class AttackCorpus {

  private static final List<String> FILES = List.of("statements.sql", "deeper.sql", "standard.sql");

  /// @param channel number in docs/leak-channels.md
  record Attack(int channel, String text) {}

  private AttackCorpus() {}

  static List<Attack> read() throws IOException {
    List<Attack> attacks = new ArrayList<>();
    for (String file : FILES) {
      attacks.addAll(read(file));
    }
    return attacks;
  }

  private static List<Attack> read(String file) throws IOException {
    List<Attack> attacks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int channel = 0;
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("--- ")) {
          channel = Integer.parseInt(line.split(" ")[1]);
        } else {
          text.append(text.isEmpty() ? "" : "\n").append(line);
          if (line.endsWith(";")) {
            attacks.add(new Attack(channel, text.toString()));
            text.setLength(0);
          }
        }
      }
    }
    return attacks;
  }

  static String resource(String name) throws IOException {
    try (InputStream stream = AttackCorpus.class.getResourceAsStream("/attacks/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static BufferedReader open(String name) {
    InputStream stream = AttackCorpus.class.getResourceAsStream("/attacks/" + name);
    return new BufferedReader(
        new InputStreamReader(Objects.requireNonNull(stream, name), StandardCharsets.UTF_8));
  }
}
