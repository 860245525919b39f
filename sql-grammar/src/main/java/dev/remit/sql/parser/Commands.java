package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.sql.model.Command;
import dev.remit.sql.model.SessionCommand.Setting;
import dev.remit.sql.model.SessionCommand.Transaction;
import dev.remit.sql.model.text.Lexeme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// What the productions of commands ask and build.
final class Commands {
  /// First words of commands that Remit knows only by name, and whether they write.
  private static final Map<String, Boolean> REFUSED =
      Map.ofEntries(
          Map.entry("alter", true),
          Map.entry("analyse", true),
          Map.entry("analyze", true),
          Map.entry("call", false),
          Map.entry("checkpoint", false),
          Map.entry("cluster", true),
          Map.entry("comment", true),
          Map.entry("commit", true),
          Map.entry("create", true),
          Map.entry("delete", true),
          Map.entry("do", false),
          Map.entry("drop", true),
          Map.entry("grant", true),
          Map.entry("import", true),
          Map.entry("insert", true),
          Map.entry("listen", false),
          Map.entry("load", false),
          Map.entry("lock", false),
          Map.entry("merge", true),
          Map.entry("notify", false),
          Map.entry("prepare", true),
          Map.entry("reassign", true),
          Map.entry("refresh", true),
          Map.entry("reindex", true),
          Map.entry("revoke", true),
          Map.entry("rollback", true),
          Map.entry("security", true),
          Map.entry("truncate", true),
          Map.entry("unlisten", false),
          Map.entry("update", true),
          Map.entry("vacuum", true));

  private static final Set<String> FILLERS =
      Set.of("or", "replace", "temp", "temporary", "global", "local", "unlogged", "recursive");
  private static final Set<String> TRANSACTION_WORDS =
      Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

  private Commands() {}

  static boolean isTransaction(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    return Words.isKind(first, Lexeme.Kind.KEYWORD)
        && TRANSACTION_WORDS.contains(Words.text(first))
        && !Words.is(parser.getToken(2), "prepared");
  }

  static Transaction.Action action(Token word) {
    return switch (Words.text(word)) {
      case "commit", "end" -> Transaction.Action.COMMIT;
      case "rollback", "abort" -> Transaction.Action.ROLLBACK;
      case "savepoint" -> Transaction.Action.SAVEPOINT;
      case "release" -> Transaction.Action.RELEASE;
      default -> Transaction.Action.BEGIN;
    };
  }

  static boolean startsMode(Token token) {
    return Words.is(token, "isolation")
        || Words.is(token, "read")
        || Words.is(token, "deferrable")
        || Words.is(token, "not");
  }

  /// One transaction mode in lower case.
  static String mode(PostgresParserImpl parser) {
    StringBuilder words = new StringBuilder();
    Token first = parser.getNextToken();
    words.append(Words.text(first));
    switch (Words.text(first)) {
      case "isolation" -> {
        next(parser, words, "level");
        next(parser, words, "serializable", "repeatable", "read");
        if (words.toString().endsWith("repeatable")) {
          next(parser, words, "read");
        } else if (words.toString().endsWith("read")) {
          next(parser, words, "committed", "uncommitted");
        }
      }
      case "read" -> next(parser, words, "only", "write");
      case "not" -> next(parser, words, "deferrable");
      case "deferrable" -> words.append("");
      default -> throw Words.syntaxError(first);
    }
    return words.toString();
  }

  private static void next(PostgresParserImpl parser, StringBuilder words, String... allowed) {
    Token token = parser.getNextToken();
    for (String word : allowed) {
      if (Words.is(token, word)) {
        words.append(' ').append(word);
        return;
      }
    }
    throw Words.syntaxError(token);
  }

  /// Settings that SET spells with words of their own.
  static boolean isSpecialSetting(Token first, Token second) {
    if (Words.is(second, "to") || Words.isOperator(second, "=") || Words.is(second, ".")) {
      return false;
    }
    return (Words.is(first, "time") && Words.is(second, "zone"))
        || (Words.is(first, "session") && Words.is(second, "authorization"))
        || Words.is(first, "names")
        || Words.is(first, "role")
        || Words.is(first, "schema");
  }

  /// A setting's value: a word, a string, or a number with its sign.
  static String value(PostgresParserImpl parser) {
    Token token = parser.getNextToken();
    String sign = "";
    if (Precedence.isPrefixSign(token)) {
      sign = Words.isOperator(token, "-") ? "-" : "";
      token = parser.getNextToken();
      if (!isNumber(token)) {
        throw Words.syntaxError(token);
      }
    }
    if (!isNumber(token) && !Words.isString(token) && !Words.isLabel(token)) {
      throw Words.syntaxError(token);
    }
    return sign + Words.text(token);
  }

  private static boolean isNumber(Token token) {
    return Words.isKind(token, Lexeme.Kind.INTEGER) || Words.isKind(token, Lexeme.Kind.DECIMAL);
  }

  static SqlNode set(SqlParserPos position, boolean local, String name, List<String> values) {
    Setting.Verb verb =
        values.isEmpty()
            ? (local ? Setting.Verb.SET_LOCAL_DEFAULT : Setting.Verb.RESET)
            : (local ? Setting.Verb.SET_LOCAL : Setting.Verb.SET);
    return new Setting(position, verb, name, values);
  }

  /// `RESET name` and `SHOW name`.
  static SqlNode named(SqlParserPos position, Token verb, String name) {
    Setting.Verb done = Words.is(verb, "show") ? Setting.Verb.SHOW : Setting.Verb.RESET;
    return new Setting(position, done, name, List.of());
  }

  /// `RESET ALL`, `SHOW ALL` and `DISCARD ALL`.
  static SqlNode everything(SqlParserPos position, Token verb) {
    return switch (Words.text(verb)) {
      case "show" -> new Setting(position, Setting.Verb.SHOW_ALL, "", List.of());
      case "reset" -> new Setting(position, Setting.Verb.RESET_ALL, "", List.of());
      default -> new Setting(position, Setting.Verb.DISCARD, "all", List.of());
    };
  }

  static SqlNode discard(SqlParserPos position, String name, Token token) {
    String what = name.equals("temporary") ? "temp" : name;
    if (!Set.of("temp", "plans", "sequences").contains(what)) {
      throw Words.syntaxError(token);
    }
    return new Setting(position, Setting.Verb.DISCARD, what, List.of());
  }

  static Command.Option option(String name) {
    return new Command.Option(name, "", List.of());
  }

  static Command.Option text(String name, PostgresParserImpl parser) {
    if (Words.is(parser.getToken(1), "as")) {
      parser.getNextToken();
    }
    Token value = parser.getNextToken();
    if (!Words.isString(value)) {
      throw Words.syntaxError(value);
    }
    return new Command.Option(name, Words.text(value), List.of());
  }

  /// Options of COPY as PostgreSQL spelled them before version 9.0, under the names they have now.
  static void oldCopyOptions(PostgresParserImpl parser, List<Command.Option> options) {
    while (Words.isLabel(parser.getToken(1))) {
      Token word = parser.getNextToken();
      options.add(
          switch (Words.text(word)) {
            case "binary", "csv" -> new Command.Option("format", Words.text(word), List.of());
            case "header", "freeze" -> option(Words.text(word));
            case "delimiter", "null", "quote", "escape", "encoding" ->
                text(Words.text(word), parser);
            case "force" -> force(parser);
            default -> throw Words.syntaxError(word);
          });
    }
  }

  private static Command.Option force(PostgresParserImpl parser) {
    StringBuilder name = new StringBuilder("force");
    Token word = parser.getNextToken();
    if (Words.is(word, "not")) {
      name.append("_not");
      word = parser.getNextToken();
    }
    if (!Words.is(word, "null") && (name.length() > 5 || !Words.is(word, "quote"))) {
      throw Words.syntaxError(word);
    }
    name.append('_').append(Words.text(word));
    if (Words.isOperator(parser.getToken(1), "*")) {
      parser.getNextToken();
      return new Command.Option(name.toString(), "", List.of("*"));
    }
    List<String> columns = new ArrayList<>();
    do {
      if (!columns.isEmpty()) {
        parser.getNextToken();
      }
      Token column = parser.getNextToken();
      if (!Words.isColumnName(column)) {
        throw Words.syntaxError(column);
      }
      columns.add(Words.text(column));
    } while (Words.is(parser.getToken(1), ","));
    return new Command.Option(name.toString(), "", columns);
  }

  /// Any other command under its first words; no command at all is a syntax error.
  static SqlNode refused(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    if (!Words.isKind(first, Lexeme.Kind.KEYWORD) || !REFUSED.containsKey(Words.text(first))) {
      throw Words.syntaxError(first);
    }
    String word = Words.text(first);
    StringBuilder tag = new StringBuilder(word);
    if (Set.of("create", "alter", "drop", "refresh", "prepare").contains(word)) {
      int at = 2;
      while (FILLERS.stream().anyMatch(List.of(Words.text(parser.getToken(at)))::contains)) {
        at++;
      }
      tag.append(' ').append(Words.text(parser.getToken(at)));
    }
    if (word.equals("commit") || word.equals("rollback")) {
      tag.append(" prepared");
    }
    if (tag.length() > 60) {
      throw Words.at(first, ErrorCode.SYNTAX_ERROR, "syntax error after " + word);
    }
    return new Command.Refused(
        ((LexemeToken) first).position(),
        tag.toString().toUpperCase(Locale.ROOT),
        REFUSED.getOrDefault(word, false));
  }
}
