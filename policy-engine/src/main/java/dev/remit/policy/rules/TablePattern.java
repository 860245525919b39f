package dev.remit.policy.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tables by name: `schema.table`, where either part may hold `*` for any run of characters and `?`
/// for one. A part with other characters than letters, digits and `_` is written in double quotes
/// and then stands for exactly itself.
public record TablePattern(String schema, String table) {
  private static final String PART = "(\"[^\"]+\"|[\\p{L}\\p{N}_$*?-]+)";
  private static final Pattern FORM = Pattern.compile(PART + "\\." + PART);
  private static final Pattern MATCHER_SYNTAX = Pattern.compile("[*?{}]");

  /// Reads `schema.table`; anything else is an `IllegalArgumentException`.
  public static TablePattern parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not schema.table, for example public.customers or public.*");
    }
    return new TablePattern(part(matcher.group(1)), part(matcher.group(2)));
  }

  /// Whether it stands for one table only.
  public boolean isExact() {
    return !MATCHER_SYNTAX.matcher(schema + table).find();
  }

  /// Whether a table of this name is meant.
  public boolean matches(String schemaName, String tableName) {
    return glob(schema, schemaName) && glob(table, tableName);
  }

  /// Whether `name` fits the pattern with `*` and `?`.
  public static boolean glob(String pattern, String name) {
    int at = 0;
    int read = 0;
    int star = -1;
    int restart = 0;
    while (read < name.length()) {
      char expected = at < pattern.length() ? pattern.charAt(at) : '\0';
      if (expected == '*') {
        star = at++;
        restart = read;
      } else if (at < pattern.length() && (expected == '?' || expected == name.charAt(read))) {
        at++;
        read++;
      } else if (star >= 0) {
        at = star + 1;
        read = ++restart;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static String part(String written) {
    if (!written.startsWith("\"")) {
      return written;
    }
    String name = written.substring(1, written.length() - 1);
    if (MATCHER_SYNTAX.matcher(name).find()) {
      throw new IllegalArgumentException(
          "a quoted name may not hold any of * ? { }: name such a table by a pattern");
    }
    return name;
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
