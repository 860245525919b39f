package dev.remit.proxy.state;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.upstream.UpstreamSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The settings that a session knows, by PostgreSQL's spelling; every other is refused by name.
///
/// Three kinds: those applied at the source ([UpstreamSettings]), those that live here only, and
/// those that are shown but have one value for ever.
public final class SettingCatalogue {
  public static final String PURPOSE = "remit.purpose";
  public static final String SEARCH_PATH = "search_path";
  public static final String APPLICATION_NAME = "application_name";
  public static final String CLIENT_ENCODING = "client_encoding";

  /// Told to the client by ParameterStatus, at the start and on each change, in this order.
  public static final List<String> REPORTED =
      List.of(
          APPLICATION_NAME,
          CLIENT_ENCODING,
          "DateStyle",
          "default_transaction_read_only",
          "in_hot_standby",
          "integer_datetimes",
          "IntervalStyle",
          "is_superuser",
          SEARCH_PATH,
          "server_encoding",
          "server_version",
          "session_authorization",
          "standard_conforming_strings",
          "TimeZone");

  /// The last of them are kept and shown; the time that a transaction may be idle is bound here.
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry(APPLICATION_NAME, ""),
          Map.entry(CLIENT_ENCODING, "UTF8"),
          Map.entry(SEARCH_PATH, "\"$user\", public"),
          Map.entry(PURPOSE, ""),
          Map.entry("client_min_messages", "notice"),
          Map.entry("lock_timeout", "0"),
          Map.entry("idle_in_transaction_session_timeout", "0"));

  private static final Map<String, String> PLANNER = PlannerSettings.initial();

  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("default_transaction_read_only", "on"),
          Map.entry("transaction_read_only", "on"),
          Map.entry("default_transaction_isolation", "read committed"),
          Map.entry("transaction_isolation", "read committed"),
          Map.entry("default_transaction_deferrable", "off"),
          Map.entry("transaction_deferrable", "off"),
          Map.entry("in_hot_standby", "off"),
          Map.entry("integer_datetimes", "on"),
          Map.entry("is_superuser", "off"),
          Map.entry("server_encoding", "UTF8"),
          Map.entry("standard_conforming_strings", "on"),
          Map.entry("row_security", "on"),
          Map.entry("max_identifier_length", "63"),
          Map.entry("array_nulls", "on"),
          Map.entry("role", "none"));

  private static final Map<String, String> SPELLING = spelling();

  private SettingCatalogue() {}

  /// What a session begins with, before its startup parameters.
  ///
  /// @param source what the source reported of itself
  public static Map<String, String> initial(Map<String, String> source, String user) {
    Map<String, String> values = new TreeMap<>(OWN);
    values.putAll(PLANNER);
    values.putAll(FIXED);
    values.putAll(UpstreamSettings.of(source));
    values.put("session_authorization", user);
    String version = source.getOrDefault("server_version", "");
    values.put("server_version", version);
    values.put("server_version_num", versionNumber(version));
    return Map.copyOf(values);
  }

  /// The name as PostgreSQL spells it.
  ///
  /// @throws RemitException UNKNOWN_SETTING
  public static String spelled(String name) {
    return Optional.ofNullable(SPELLING.get(name.toLowerCase(Locale.ROOT)))
        .orElseThrow(() ->
            new RemitException(
                ErrorCode.UNKNOWN_SETTING,
                "the setting \""
                    + name
                    + "\" is not available through Remit; SHOW ALL lists those that are"));
  }

  public static boolean isAtSource(String spelled) {
    return UpstreamSettings.NAMES.contains(spelled);
  }

  /// Refuses a change of what has one value only, and values that cannot be kept.
  public static void requireAllowed(String spelled, String value, String current) {
    boolean same = value.replace("'", "").equalsIgnoreCase(current);
    if (isFixed(spelled)) {
      if (!same && !(isBoolean(current) && sameBoolean(value, current))) {
        throw new RemitException(
            ErrorCode.INVALID_SETTING,
            "the setting " + spelled + " is always " + current + " here");
      }
    } else if (spelled.equals(CLIENT_ENCODING) && !isUtf8(value)) {
      throw new RemitException(
          ErrorCode.INVALID_SETTING, "client_encoding is always UTF8 here; convert at the client");
    } else if (isSwitch(spelled) && switched(value).isEmpty()) {
      throw new RemitException(
          ErrorCode.INVALID_SETTING, "parameter \"" + spelled + "\" requires a Boolean value");
    } else if (value.length() > 1_000) {
      throw new RemitException(
          ErrorCode.INVALID_SETTING, "the value of " + spelled + " is over 1,000 characters");
    }
  }

  /// Whether the setting has one value for ever.
  public static boolean isFixed(String spelled) {
    return FIXED.containsKey(spelled)
        || spelled.startsWith("server_version")
        || isIdentity(spelled);
  }

  private static boolean isIdentity(String spelled) {
    return spelled.equals("session_authorization");
  }

  private static boolean isUtf8(String value) {
    String plain = value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return plain.equals("UTF8") || plain.equals("UNICODE") || plain.equals("SQLASCII");
  }

  private static boolean isBoolean(String value) {
    return value.equals("on") || value.equals("off");
  }

  private static boolean sameBoolean(String value, String current) {
    return switched(value).filter(current::equals).isPresent();
  }

  /// The value as it is shown.
  public static String shown(String spelled, String value) {
    return isSwitch(spelled) ? switched(value).orElse(value) : value;
  }

  private static boolean isSwitch(String spelled) {
    return isBoolean(PLANNER.getOrDefault(spelled, ""));
  }

  private static Optional<String> switched(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "t", "yes", "y", "1" -> Optional.of("on");
      case "off", "of", "false", "f", "no", "n", "0" -> Optional.of("off");
      default -> Optional.empty();
    };
  }

  private static String versionNumber(String version) {
    String[] parts = version.split("[^0-9]+", 3);
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) : 0;
      return Integer.toString(major * 10_000 + minor);
    } catch (NumberFormatException unreadable) {
      return "0";
    }
  }

  private static Map<String, String> spelling() {
    Map<String, String> names = new TreeMap<>();
    OWN.keySet().forEach(name -> names.put(name, name));
    PLANNER.keySet().forEach(name -> names.put(name, name));
    FIXED.keySet().forEach(name -> names.put(name, name));
    UpstreamSettings.NAMES.forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
    List.of("session_authorization", "server_version", "server_version_num")
        .forEach(name -> names.put(name, name));
    return Map.copyOf(names);
  }
}
