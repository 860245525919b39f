package dev.remit.sql.parser;

import dev.remit.sql.model.text.Lexeme;
import dev.remit.sql.model.worded.Worded;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Keywords that begin an expression with a grammar of its own.
final class SpecialWords {
  private static final Set<String> CONSTANTS = Set.of("true", "false", "null");
  private static final Set<String> SPECIAL_VALUES =
      Set.of(
          "current_catalog",
          "current_date",
          "current_role",
          "current_time",
          "current_timestamp",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user",
          "system_user",
          "user");
  private static final Set<String> PRECISE =
      Set.of("current_time", "current_timestamp", "localtime", "localtimestamp");
  private static final Set<String> CONSTRUCTS =
      Set.of("exists", "row", "coalesce", "greatest", "least", "nullif", "grouping");
  private static final Set<String> FUNCTIONS =
      Set.of("extract", "position", "normalize", "overlay", "substring", "trim");
  private static final Set<String> REFUSED = Set.of("merge_action", "treat");
  private static final Set<String> WORDED = worded();

  private SpecialWords() {}

  static boolean isConstant(Token token) {
    return isKeyword(token) && CONSTANTS.contains(Words.text(token));
  }

  /// A function without parentheses; current_schema may also be called with them.
  static boolean isSpecialValue(Token token) {
    return isKeyword(token)
        && (SPECIAL_VALUES.contains(Words.text(token)) || Words.is(token, "current_schema"));
  }

  static boolean takesPrecision(String word) {
    return PRECISE.contains(word);
  }

  static boolean isConstruct(Token token, Token second) {
    if (!isKeyword(token)) {
      return false;
    }
    boolean parenthesis = Words.is(second, "(");
    return switch (Words.text(token)) {
      case "case", "cast" -> true;
      case "array" -> true;
      case "current_schema" -> !parenthesis && !Words.is(second, ".");
      default ->
          isConstant(token)
              || SPECIAL_VALUES.contains(Words.text(token))
              || (parenthesis && CONSTRUCTS.contains(Words.text(token)));
    };
  }

  /// Of those, what may stand in FROM as a function does.
  static boolean isSource(Token token, Token second) {
    if (!isKeyword(token)) {
      return false;
    }
    return switch (Words.text(token)) {
      case "cast", "coalesce", "greatest", "least", "nullif" -> Words.is(second, "(");
      case "current_schema" -> !Words.is(second, "(") && !Words.is(second, ".");
      default -> SPECIAL_VALUES.contains(Words.text(token));
    };
  }

  static boolean isFunction(Token token, Token second) {
    if (Words.is(token, "collation")) {
      return Words.is(second, "for");
    }
    return isKeyword(token) && Words.is(second, "(") && FUNCTIONS.contains(Words.text(token));
  }

  /// What Remit does not read yet.
  static boolean isRefused(Token token, Token second) {
    return isKeyword(token) && Words.is(second, "(") && REFUSED.contains(Words.text(token));
  }

  /// A call with words between its arguments.
  static boolean isWorded(Token token, Token second) {
    return isKeyword(token) && Words.is(second, "(") && WORDED.contains(Words.text(token));
  }

  /// One that is a table: only FROM takes it.
  static boolean isWordedTable(Token token, Token second) {
    return isWorded(token, second) && form(token).isTable();
  }

  static WordedReader reader(PostgresParserImpl parser) {
    boolean json = form(parser.getToken(1)).label().startsWith("json");
    return json ? new JsonReader(parser) : new XmlReader(parser);
  }

  private static Worded.Form form(Token token) {
    return Worded.Form.valueOf(Words.text(token).toUpperCase(Locale.ROOT));
  }

  private static Set<String> worded() {
    return Arrays.stream(Worded.Form.values())
        .map(Worded.Form::label)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isKeyword(Token token) {
    return Words.isKind(token, Lexeme.Kind.KEYWORD);
  }
}
