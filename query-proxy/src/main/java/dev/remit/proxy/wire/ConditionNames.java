package dev.remit.proxy.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The condition name of each SQLSTATE, as in PostgreSQL's documentation, appendix A.
public final class ConditionNames {
  private static final Map<String, String> NAMES = load();

  private ConditionNames() {}

  /// For example `division_by_zero` for 22012; `error` for a code that is not in the table, because
  /// a function of the source can raise any.
  public static String of(String sqlState) {
    return NAMES.getOrDefault(sqlState, "error");
  }

  private static Map<String, String> load() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ConditionNames.class.getResourceAsStream("conditions.txt")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
    } catch (IOException failure) {
      throw new UncheckedIOException("the table of condition names cannot be read", failure);
    }
  }
}
