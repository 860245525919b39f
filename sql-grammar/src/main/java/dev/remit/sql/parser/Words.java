package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.text.Lexeme;
import dev.remit.sql.scan.Keywords;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/// What a token may be: the questions the productions ask before they choose.
final class Words {
  private static final Set<String> QUERY_STARTS = Set.of("select", "values", "table", "with");
  private static final Set<String> QUERY_CONTINUATIONS =
      Set.of("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");

  private Words() {}

  static Lexeme lexeme(Token token) {
    return ((LexemeToken) token).lexeme();
  }

  static String text(Token token) {
    return lexeme(token).text();
  }

  /// That keyword or punctuation.
  static boolean is(Token token, String word) {
    Lexeme lexeme = lexeme(token);
    return lexeme.isKeyword(word) || lexeme.isPunctuation(word);
  }

  static boolean isOperator(Token token, String symbol) {
    return lexeme(token).isOperator(symbol);
  }

  static boolean isKind(Token token, Lexeme.Kind kind) {
    return lexeme(token).kind() == kind;
  }

  static boolean isString(Token token) {
    return isKind(token, Lexeme.Kind.STRING);
  }

  /// ColId: names of columns, tables, aliases.
  static boolean isColumnName(Token token) {
    return isName(token, Keywords.Category.COLUMN_NAME);
  }

  /// type_function_name.
  static boolean isFunctionName(Token token) {
    return isName(token, Keywords.Category.TYPE_OR_FUNCTION_NAME);
  }

  /// ColLabel: any word.
  static boolean isLabel(Token token) {
    Lexeme lexeme = lexeme(token);
    return switch (lexeme.kind()) {
      case IDENTIFIER, QUOTED_IDENTIFIER, KEYWORD -> true;
      case INTEGER, DECIMAL, STRING, BITS, PARAMETER, OPERATOR, PUNCTUATION, END -> false;
    };
  }

  /// BareColLabel: a label without AS. Words that could also be operators are none to Remit.
  static boolean isBareLabel(Token token) {
    Lexeme lexeme = lexeme(token);
    return isLabel(token)
        && !is(token, "at")
        && !is(token, "operator")
        && !is(token, "similar")
        && (lexeme.kind() != Lexeme.Kind.KEYWORD || Keywords.of(lexeme.text()).bareLabel());
  }

  private static boolean isName(Token token, Keywords.Category also) {
    Lexeme lexeme = lexeme(token);
    if (lexeme.kind() != Lexeme.Kind.KEYWORD) {
      return lexeme.kind() == Lexeme.Kind.IDENTIFIER
          || lexeme.kind() == Lexeme.Kind.QUOTED_IDENTIFIER;
    }
    Keywords.Category category = Keywords.of(lexeme.text()).category();
    return category == Keywords.Category.UNRESERVED || category == also;
  }

  /// func_name: one word that may name a function, or a column-like word with dots.
  static boolean isFunctionPath(SqlIdentifier name, Token first) {
    return name.names.size() > 1 ? isColumnName(first) : isFunctionName(first);
  }

  static boolean isNormalForm(Token token) {
    return is(token, "nfc") || is(token, "nfd") || is(token, "nfkc") || is(token, "nfkd");
  }

  static boolean startsQuery(Token token) {
    Lexeme lexeme = lexeme(token);
    return lexeme.kind() == Lexeme.Kind.KEYWORD && QUERY_STARTS.contains(lexeme.text());
  }

  /// What may follow a query in parentheses inside a larger query.
  static boolean continuesQuery(Token token) {
    Lexeme lexeme = lexeme(token);
    return lexeme.kind() == Lexeme.Kind.KEYWORD && QUERY_CONTINUATIONS.contains(lexeme.text());
  }

  /// Whether a select list is empty because this follows.
  static boolean endsTargets(Token token) {
    return isKind(token, Lexeme.Kind.END)
        || is(token, ")")
        || is(token, ";")
        || is(token, "from")
        || is(token, "where")
        || is(token, "group")
        || is(token, "having")
        || is(token, "window")
        || is(token, "into")
        || continuesQuery(token);
  }

  /// The answer PostgreSQL gives when a token does not fit.
  static RemitException syntaxError(Token token) {
    String near =
        isKind(token, Lexeme.Kind.END)
            ? "syntax error at end of input"
            : "syntax error at or near \"" + token.image + "\"";
    return at(token, ErrorCode.SYNTAX_ERROR, near);
  }

  static RemitException notSupported(Token token, String what) {
    return at(token, ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported through Remit");
  }

  /// A part of a query that would change data.
  static RemitException writes(Token token) {
    String word = text(token).toUpperCase(Locale.ROOT);
    return at(token, ErrorCode.READ_ONLY, word + " is refused: Remit's sources are read-only");
  }

  static RemitException at(Token token, ErrorCode code, String message) {
    return new RemitException(code, message, Map.of("position", String.valueOf(token.beginColumn)));
  }
}
