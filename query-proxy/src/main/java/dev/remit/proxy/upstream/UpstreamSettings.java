package dev.remit.proxy.upstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings that a session may change at the source, because they only shape how its own values
/// are read and written or bound its own time.
public final class UpstreamSettings {
  /// As PostgreSQL spells them.
  public static final List<String> NAMES =
      List.of(
          "TimeZone",
          "DateStyle",
          "IntervalStyle",
          "extra_float_digits",
          "bytea_output",
          "statement_timeout",
          "xmlbinary",
          "xmloption",
          "default_text_search_config");

  private UpstreamSettings() {}

  /// Those of the given values that are listed.
  public static Map<String, String> of(Map<String, String> values) {
    Map<String, String> listed = new LinkedHashMap<>();
    for (String name : NAMES) {
      String value = values.get(name);
      if (value != null) {
        listed.put(name, value);
      }
    }
    return Map.copyOf(listed);
  }
}
