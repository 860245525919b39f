package dev.remit.sql.parser;

import dev.remit.sql.model.text.Lexeme;

/// What binds tighter: the precedence table of PostgreSQL's `gram.y`, from OR to the cast.
///
/// Operators of one level associate to the left; comparisons, IS and the BETWEEN family do not
/// associate at all.
final class Precedence {
  static final int LOWEST = 0;
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int IS = 4;
  static final int COMPARISON = 5;
  static final int BETWEEN = 6;
  static final int OPERATOR = 7;
  static final int ADDITION = 8;
  static final int MULTIPLICATION = 9;
  static final int POWER = 10;
  static final int AT = 11;
  static final int COLLATE = 12;
  static final int SIGN = 13;
  static final int CAST = 14;

  private Precedence() {}

  /// Level of what these tokens begin behind an operand; -1 when they continue no expression.
  ///
  /// @param restricted inside `BETWEEN … AND`: only what `b_expr` allows
  static int infix(Token token, Token second, boolean restricted) {
    Lexeme lexeme = Words.lexeme(token);
    return switch (lexeme.kind()) {
      case OPERATOR -> symbol(lexeme.text());
      case PUNCTUATION -> lexeme.text().equals("::") ? CAST : -1;
      case KEYWORD -> keyword(lexeme.text(), second, restricted);
      case IDENTIFIER, QUOTED_IDENTIFIER, INTEGER, DECIMAL, STRING, BITS, PARAMETER, END -> -1;
    };
  }

  /// Level of an operator symbol between operands.
  static int symbol(String symbol) {
    return switch (symbol) {
      case "=", "<", ">", "<=", ">=", "<>" -> COMPARISON;
      case "+", "-" -> ADDITION;
      case "*", "/", "%" -> MULTIPLICATION;
      case "^" -> POWER;
      default -> OPERATOR;
    };
  }

  private static int keyword(String word, Token second, boolean restricted) {
    if (word.equals("operator")) {
      return Words.is(second, "(") ? OPERATOR : -1;
    }
    if (restricted) {
      return word.equals("is") ? IS : -1;
    }
    return switch (word) {
      case "or" -> OR;
      case "and" -> AND;
      case "is", "isnull", "notnull" -> IS;
      case "between", "in", "like", "ilike" -> BETWEEN;
      case "similar" -> Words.is(second, "to") ? BETWEEN : -1;
      case "not" -> negates(second) ? BETWEEN : -1;
      case "at" -> Words.is(second, "time") || Words.is(second, "local") ? AT : -1;
      case "collate" -> COLLATE;
      default -> -1;
    };
  }

  private static boolean negates(Token token) {
    return Words.is(token, "between")
        || Words.is(token, "in")
        || Words.is(token, "like")
        || Words.is(token, "ilike")
        || Words.is(token, "similar");
  }

  static boolean associates(int level) {
    return level != IS && level != COMPARISON && level != BETWEEN;
  }

  static boolean isPrefixSign(Token token) {
    return Words.isOperator(token, "+") || Words.isOperator(token, "-");
  }

  /// A symbol that may stand before an operand, signs apart.
  static boolean isPrefixOperator(Token token) {
    return Words.isKind(token, Lexeme.Kind.OPERATOR) && symbol(Words.text(token)) == OPERATOR;
  }
}
