package dev.remit.proxy.login;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the startup parameter `options` as PostgreSQL reads its command line: words split at white
/// space, a backslash takes the next character as it is, `-c name=value` or `--name=value`.
public final class StartupOptions {
  private StartupOptions() {}

  /// Settings in the order given; in `--name`, `-` stands for `_`.
  ///
  /// @throws RemitException INVALID_SETTING for anything else
  public static Map<String, String> parse(String options) {
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> words = words(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-c") && i + 1 < words.size()) {
        put(settings, words.get(++i));
      } else if (word.startsWith("-c") && word.length() > 2) {
        put(settings, word.substring(2));
      } else if (word.startsWith("--") && word.length() > 2) {
        put(settings, word.substring(2));
      } else {
        throw refused();
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw refused();
    }
    settings.put(
        assignment.substring(0, equals).replace('-', '_'), assignment.substring(equals + 1));
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        if (c == '\\' && i + 1 < options.length()) {
          c = options.charAt(++i);
        }
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static RemitException refused() {
    return new RemitException(
        ErrorCode.INVALID_SETTING,
        "the startup parameter options is read as -c name=value or --name=value only");
  }
}
