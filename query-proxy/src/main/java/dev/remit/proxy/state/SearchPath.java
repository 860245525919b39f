package dev.remit.proxy.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the text of a `search_path` as PostgreSQL does.
public final class SearchPath {
  private SearchPath() {}

  /// The schemas in order, `"$user"` replaced by the user's name, `pg_catalog` left out.
  public static List<String> schemas(String text, String user) {
    List<String> schemas = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ',' || Character.isWhitespace(c)) {
        at++;
        continue;
      }
      StringBuilder name = new StringBuilder();
      if (c == '"') {
        at++;
        while (at < text.length()) {
          if (text.charAt(at) == '"') {
            if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
              break;
            }
            at++;
          }
          name.append(text.charAt(at++));
        }
        at++;
        add(schemas, name.toString(), user);
      } else {
        while (at < text.length() && text.charAt(at) != ',') {
          name.append(text.charAt(at++));
        }
        add(schemas, name.toString().strip().toLowerCase(Locale.ROOT), user);
      }
    }
    return List.copyOf(schemas);
  }

  /// Writes schemas as `SET search_path` keeps them.
  public static String text(List<String> schemas) {
    return String.join(
        ", ",
        schemas.stream()
            .map(name ->
                name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"")
            .toList());
  }

  private static void add(List<String> schemas, String name, String user) {
    String schema = name.equals("$user") ? user : name;
    if (!schema.isEmpty() && !schema.equals("pg_catalog")) {
      schemas.add(schema);
    }
  }
}
