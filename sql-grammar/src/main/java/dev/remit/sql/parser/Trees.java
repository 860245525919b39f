package dev.remit.sql.parser;

import dev.remit.platform.error.ErrorCode;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.text.Lexeme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Builds the nodes for what the productions have read.
final class Trees {
  private Trees() {}

  /// A name of pg_catalog.
  static List<String> system(String name) {
    return List.of("pg_catalog", name);
  }

  static SqlNode string(Token token) {
    return SqlLiteral.createCharString(Words.text(token), ((LexemeToken) token).position());
  }

  /// A number. A whole number written with point or exponent is approximate to Calcite, so that the
  /// writer can tell `5.` (numeric) from `5` (integer).
  static SqlNode number(Token token) {
    String text = Words.text(token);
    SqlParserPos position = ((LexemeToken) token).position();
    try {
      boolean whole = Words.isKind(token, Lexeme.Kind.INTEGER);
      boolean fraction = !whole && new BigDecimal(text).scale() > 0 && !text.matches(".*[eE].*");
      return whole || fraction
          ? SqlLiteral.createExactNumeric(text, position)
          : SqlLiteral.createApproxNumeric(text, position);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw Words.at(token, ErrorCode.SYNTAX_ERROR, "a number overflows PostgreSQL's numeric type");
    }
  }

  /// A whole number that fits 31 bits.
  static int integer(Token token) {
    if (!Words.isKind(token, Lexeme.Kind.INTEGER) || Words.text(token).length() > 9) {
      throw Words.syntaxError(token);
    }
    return Integer.parseInt(Words.text(token));
  }

  static SqlIdentifier systemName(String name, SqlParserPos position) {
    return new SqlIdentifier(system(name), position);
  }

  /// A call in one of SQL's special spellings.
  static SqlNode special(
      FunctionCall.Spelling spelling, String name, SqlParserPos position, SqlNode... arguments) {
    return new FunctionCall(
        position,
        systemName(name, position),
        spelling,
        FunctionCall.Options.NONE,
        new SqlNodeList(Arrays.asList(arguments), position),
        null,
        null,
        null);
  }

  static SqlNode construct(Construct.Form form, SqlParserPos position, List<SqlNode> operands) {
    return new Construct(position, form, operands.toArray(new SqlNode[0]));
  }

  /// `a AND b AND c` is one node, as in PostgreSQL.
  static List<SqlNode> flattened(Construct.Form form, SqlNode left) {
    if (left instanceof Construct construct && construct.form() == form) {
      return new ArrayList<>(construct.getOperandList());
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(left);
    return operands;
  }

  /// `LIKE ANY`: the operator behind the word.
  static String likeOperator(String word, boolean negated) {
    return (negated ? "!" : "") + "~~" + (word.equals("ilike") ? "*" : "");
  }

  static SqlNode quantified(
      SqlParserPos position, List<String> operator, boolean all, SqlNode left, SqlNode right) {
    List<String> schema = operator.subList(0, operator.size() - 1);
    return new Quantified(position, schema, operator.getLast(), all, left, right);
  }

  /// A function call without special words.
  static SqlNode call(
      SqlIdentifier name,
      FunctionCall.Options options,
      List<SqlNode> arguments,
      @Nullable SqlNodeList orderBy,
      @Nullable SqlNode filter,
      @Nullable SqlNode window) {
    SqlParserPos position = name.getParserPosition();
    return new FunctionCall(
        position,
        name,
        FunctionCall.Spelling.PLAIN,
        options,
        new SqlNodeList(arguments, position),
        orderBy,
        filter,
        window);
  }

  /// `.field` after a value; a column reference takes it as part of its name.
  static SqlNode field(SqlNode value, String field, boolean reference) {
    if (reference && value instanceof SqlIdentifier identifier) {
      List<String> names = new ArrayList<>(identifier.names);
      names.add(field);
      return new SqlIdentifier(names, identifier.getParserPosition());
    }
    return new FieldAccess(value.getParserPosition(), value, field);
  }

  static boolean isStar(SqlNode node) {
    return (node instanceof SqlIdentifier identifier && identifier.isStar())
        || (node instanceof FieldAccess access && access.isStar());
  }

  /// Whether the operator that made this node ended in an operand: a second one of its level would
  /// fight over it. `IS NULL`, `IN (…)` and `= ANY (…)` end in a word or a parenthesis.
  static boolean endsInOperand(SqlNode node) {
    if (node instanceof Construct construct) {
      return switch (construct.form()) {
        case IS_DISTINCT_FROM,
            IS_NOT_DISTINCT_FROM,
            BETWEEN,
            NOT_BETWEEN,
            BETWEEN_SYMMETRIC,
            NOT_BETWEEN_SYMMETRIC,
            LIKE,
            NOT_LIKE,
            ILIKE,
            NOT_ILIKE,
            SIMILAR_TO,
            NOT_SIMILAR_TO ->
            true;
        default -> false;
      };
    }
    return node instanceof Operation;
  }

  static boolean isImplicitRow(SqlNode node) {
    return node instanceof Construct construct && construct.form() == Construct.Form.IMPLICIT_ROW;
  }

  /// `IS [NOT] NULL | TRUE | FALSE | UNKNOWN`.
  static Construct.Form truth(Token token, boolean not) {
    boolean known =
        Words.is(token, "null")
            || Words.is(token, "true")
            || Words.is(token, "false")
            || Words.is(token, "unknown");
    if (!known) {
      throw Words.syntaxError(token);
    }
    return Construct.Form.valueOf(
        (not ? "IS_NOT_" : "IS_") + Words.text(token).toUpperCase(Locale.ROOT));
  }

  static Construct.Form form(String words, boolean not) {
    String name = words.toUpperCase(Locale.ROOT).replace(' ', '_');
    return Construct.Form.valueOf(not ? "NOT_" + name : name);
  }

  static List<String> like(String word, boolean negated) {
    return List.of(likeOperator(word, negated));
  }

  /// What stood in parentheses after IN: a query stays one, anything else is a list. In `IN ((1,
  /// 2))` the list is the outer pair's, and its one item a row.
  static SqlNode inList(SqlNode node, SqlParserPos position) {
    if (node instanceof Query) {
      return node;
    }
    boolean outermost = node.getParserPosition().equals(position);
    return isImplicitRow(node) && outermost
        ? new SqlNodeList(((Construct) node).getOperandList(), position)
        : new SqlNodeList(List.of(node), position);
  }

  static SqlNode parameter(Token token) {
    int number = Integer.parseInt(Words.text(token));
    if (number < 1) {
      throw Words.at(token, ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $" + number);
    }
    return new SqlDynamicParam(number - 1, ((LexemeToken) token).position());
  }

  static boolean isBareInterval(TypeName type) {
    return type.names().equals(system("interval")) && type.modifiers().isEmpty();
  }

  /// A function's name and arguments that turned out to be a type before a string.
  static SqlNode type(SqlIdentifier name, @Nullable List<SqlNode> modifiers) {
    SqlParserPos position = name.getParserPosition();
    SqlNodeList list = modifiers == null ? null : new SqlNodeList(modifiers, position);
    return new TypeName(position, name.names, list, "", List.of());
  }

  static SqlNode constant(Token token) {
    SqlParserPos position = ((LexemeToken) token).position();
    return switch (Words.text(token)) {
      case "true" -> SqlLiteral.createBoolean(true, position);
      case "false" -> SqlLiteral.createBoolean(false, position);
      default -> SqlLiteral.createNull(position);
    };
  }

  static SqlNode string(String value, SqlParserPos position) {
    return SqlLiteral.createCharString(value, position);
  }

  static SqlNode one(SqlParserPos position) {
    return SqlLiteral.createExactNumeric("1", position);
  }

  /// EXTRACT's field: a name, a unit or a string.
  static SqlNode extractField(Token token) {
    if (Words.isString(token)) {
      return string(token);
    }
    boolean name =
        Words.isKind(token, Lexeme.Kind.IDENTIFIER)
            || Words.isKind(token, Lexeme.Kind.QUOTED_IDENTIFIER)
            || TypeWords.isIntervalField(token);
    if (!name) {
      throw Words.syntaxError(token);
    }
    return string(token);
  }

  static SqlNode plain(String name, SqlParserPos position, List<SqlNode> arguments) {
    return call(
        new SqlIdentifier(List.of(name), position),
        FunctionCall.Options.NONE,
        arguments,
        null,
        null,
        null);
  }

  /// @param from whether characters stand before FROM: they are the first argument
  static SqlNode trim(String side, boolean from, SqlParserPos position, List<SqlNode> arguments) {
    FunctionCall.Spelling spelling =
        FunctionCall.Spelling.valueOf(
            "TRIM_" + side.toUpperCase(Locale.ROOT) + (from ? "_FROM" : ""));
    String name =
        switch (side) {
          case "leading" -> "ltrim";
          case "trailing" -> "rtrim";
          default -> "btrim";
        };
    return special(spelling, name, position, arguments.toArray(new SqlNode[0]));
  }

  static void requireNoOrder(
      @Nullable SqlNodeList order, boolean distinct, boolean variadic, Token token) {
    if (order != null || distinct || variadic) {
      throw Words.at(
          token,
          ErrorCode.SYNTAX_ERROR,
          "WITHIN GROUP goes with neither ORDER BY, DISTINCT nor VARIADIC inside the parentheses");
    }
  }

  static boolean isRow(SqlNode node) {
    return node instanceof Construct construct
        && (construct.form() == Construct.Form.ROW
            || construct.form() == Construct.Form.IMPLICIT_ROW);
  }

  /// `(a, b) OVERLAPS (c, d)`: two members each, or PostgreSQL refuses it.
  static SqlNode overlaps(SqlParserPos position, SqlNode left, SqlNode right, Token token) {
    List<SqlNode> members = new ArrayList<>(((Construct) left).getOperandList());
    if (!isRow(right) || members.size() != 2 || ((Construct) right).operandCount() != 2) {
      throw Words.at(
          token,
          ErrorCode.SYNTAX_ERROR,
          "OVERLAPS takes two rows of two values: (start, end) OVERLAPS (start, end)");
    }
    members.addAll(((Construct) right).getOperandList());
    return special(
        FunctionCall.Spelling.OVERLAPS, "overlaps", position, members.toArray(new SqlNode[0]));
  }
}
