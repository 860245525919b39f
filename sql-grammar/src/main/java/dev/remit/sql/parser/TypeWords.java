package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.text.Lexeme;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Types that the SQL standard spells with keywords, under the names PostgreSQL's grammar gives
/// them.
///
/// Source: PostgreSQL documentation, table 8.1 "Data Types"; `gram.y`, SimpleTypename.
final class TypeWords {
  private static final Set<String> TYPES =
      Set.of(
          "int",
          "integer",
          "smallint",
          "bigint",
          "real",
          "float",
          "decimal",
          "dec",
          "numeric",
          "boolean",
          "bit",
          "character",
          "char",
          "varchar",
          "national",
          "nchar",
          "timestamp",
          "time",
          "interval",
          "json");
  private static final Set<String> LITERAL_WORDS =
      Set.of("varying", "char", "character", "precision", "with", "without", "time", "zone");
  private static final List<String> FIELDS =
      List.of("year", "month", "day", "hour", "minute", "second");

  private TypeWords() {}

  static boolean isType(Token token) {
    Lexeme lexeme = Words.lexeme(token);
    return lexeme.kind() == Lexeme.Kind.KEYWORD && TYPES.contains(lexeme.text());
  }

  /// Whether a type name and a string begin here: `timestamp(3) with time zone '…'`.
  static boolean startsLiteral(PostgresParserImpl parser) {
    Token first = parser.getToken(1);
    boolean two = Words.is(first, "double") && Words.is(parser.getToken(2), "precision");
    if (!isType(first) && !two) {
      return false;
    }
    int at = 2;
    boolean parentheses = false;
    while (true) {
      Token token = parser.getToken(at);
      if (Words.isString(token)) {
        return true;
      }
      if (Words.is(token, "(") && !parentheses) {
        parentheses = true;
        at++;
        while (Words.isKind(parser.getToken(at), Lexeme.Kind.INTEGER)
            || Words.is(parser.getToken(at), ",")) {
          at++;
        }
        if (!Words.is(parser.getToken(at), ")")) {
          return false;
        }
      } else if (Words.lexeme(token).kind() != Lexeme.Kind.KEYWORD
          || !LITERAL_WORDS.contains(Words.text(token))) {
        return false;
      }
      at++;
    }
  }

  /// Whether the token belongs to the type's words read so far.
  static boolean continues(List<String> words, Token token) {
    return switch (words.getLast()) {
      case "double" -> Words.is(token, "precision");
      case "national" -> Words.is(token, "character") || Words.is(token, "char");
      case "character", "char", "nchar", "bit" -> Words.is(token, "varying");
      default -> false;
    };
  }

  /// Whether any constants may stand in parentheses after these words.
  static boolean takesExpressions(List<String> words) {
    return Set.of("decimal", "dec", "numeric", "bit").contains(words.getFirst());
  }

  /// Whether one whole number may.
  static boolean takesNumber(List<String> words) {
    return Set.of("float", "character", "char", "varchar", "national", "nchar", "timestamp", "time")
        .contains(words.getFirst());
  }

  /// The type that these words name.
  ///
  /// `char` and `bit` without a length have length 1, but not before a string; `float(p)` is float4
  /// up to 24 bits.
  ///
  /// @param zone `with`, `without` or empty
  static TypeName standard(
      List<String> words,
      @Nullable SqlNodeList modifiers,
      String zone,
      SqlParserPos position,
      boolean literal) {
    if (words.equals(List.of("float"))) {
      String name = modifiers != null && bits(modifiers, position) <= 24 ? "float4" : "float8";
      return new TypeName(position, Trees.system(name), null, "", List.of());
    }
    String name = name(String.join(" ", words)) + (zone.equals("with") ? "tz" : "");
    SqlNodeList kept = modifiers;
    if (modifiers == null && !literal && (name.equals("bpchar") || name.equals("bit"))) {
      kept = SqlNodeList.of(SqlLiteral.createExactNumeric("1", position));
    }
    return new TypeName(position, Trees.system(name), kept, "", List.of());
  }

  private static int bits(SqlNodeList modifiers, SqlParserPos position) {
    int bits =
        modifiers.size() == 1 && modifiers.get(0) instanceof SqlNumericLiteral number
            ? Objects.requireNonNull(number.bigDecimalValue()).intValue()
            : 0;
    if (bits < 1 || bits > 53) {
      throw new RemitException(
          ErrorCode.SYNTAX_ERROR,
          "precision for type float must be between 1 and 53 bits",
          Map.of("position", String.valueOf(position.getColumnNum())));
    }
    return bits;
  }

  private static String name(String words) {
    return switch (words) {
      case "int", "integer" -> "int4";
      case "smallint" -> "int2";
      case "bigint" -> "int8";
      case "real" -> "float4";
      case "double precision" -> "float8";
      case "decimal", "dec", "numeric" -> "numeric";
      case "boolean" -> "bool";
      case "bit" -> "bit";
      case "bit varying" -> "varbit";
      case "varchar" -> "varchar";
      case "timestamp", "time", "json" -> words;
      default -> words.endsWith("varying") ? "varchar" : "bpchar";
    };
  }

  static boolean isIntervalField(Token token) {
    Lexeme lexeme = Words.lexeme(token);
    return lexeme.kind() == Lexeme.Kind.KEYWORD && FIELDS.contains(lexeme.text());
  }

  /// `year to month`, and from day, hour or minute to anything finer.
  static boolean isIntervalRange(String from, Token to) {
    String until = Words.text(to);
    if (from.equals("year")) {
      return until.equals("month");
    }
    return !from.equals("month")
        && FIELDS.indexOf(until) > FIELDS.indexOf(from)
        && FIELDS.indexOf(from) >= 2;
  }
}
