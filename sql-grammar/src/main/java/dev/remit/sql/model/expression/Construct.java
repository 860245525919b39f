package dev.remit.sql.model.expression;

import dev.remit.sql.model.SyntaxNode;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// An expression that has its own words in the grammar: `a AND b`, `CASE …`, `x BETWEEN …`.
///
/// The operands of each form stand with the form. The functions and operators that PostgreSQL runs
/// for it are named there as well.
public final class Construct extends SyntaxNode {
  private final Form form;
  private final String modifier;

  /// The closed list of such expressions.
  public enum Form {
    /// Two or more conditions.
    AND(SqlKind.AND),
    /// Two or more conditions.
    OR(SqlKind.OR),
    /// One condition.
    NOT(SqlKind.NOT),
    /// One value.
    IS_NULL(SqlKind.IS_NULL),
    IS_NOT_NULL(SqlKind.IS_NOT_NULL),
    IS_TRUE(SqlKind.IS_TRUE),
    IS_NOT_TRUE(SqlKind.IS_NOT_TRUE),
    IS_FALSE(SqlKind.IS_FALSE),
    IS_NOT_FALSE(SqlKind.IS_NOT_FALSE),
    IS_UNKNOWN(SqlKind.IS_UNKNOWN),
    IS_NOT_UNKNOWN(SqlKind.OTHER),
    /// Two values; runs `=`.
    IS_DISTINCT_FROM(SqlKind.IS_DISTINCT_FROM),
    IS_NOT_DISTINCT_FROM(SqlKind.IS_NOT_DISTINCT_FROM),
    /// One value; the modifier is what follows JSON: `OBJECT WITH UNIQUE KEYS`.
    IS_JSON(SqlKind.OTHER),
    IS_NOT_JSON(SqlKind.OTHER),
    /// One value of type xml.
    IS_DOCUMENT(SqlKind.OTHER),
    IS_NOT_DOCUMENT(SqlKind.OTHER),
    /// One value; the modifier is `NFC`, `NFD`, `NFKC`, `NFKD` or empty; runs `is_normalized`.
    IS_NORMALIZED(SqlKind.OTHER),
    IS_NOT_NORMALIZED(SqlKind.OTHER),
    /// Three values; runs `>=` and `<=`.
    BETWEEN(SqlKind.BETWEEN),
    NOT_BETWEEN(SqlKind.BETWEEN),
    BETWEEN_SYMMETRIC(SqlKind.BETWEEN),
    NOT_BETWEEN_SYMMETRIC(SqlKind.BETWEEN),
    /// Two values, or three with ESCAPE (runs `like_escape`); runs `~~`.
    LIKE(SqlKind.LIKE),
    NOT_LIKE(SqlKind.LIKE),
    /// As LIKE; runs `~~*`.
    ILIKE(SqlKind.LIKE),
    NOT_ILIKE(SqlKind.LIKE),
    /// As LIKE; runs `~` on `similar_to_escape`.
    SIMILAR_TO(SqlKind.SIMILAR),
    NOT_SIMILAR_TO(SqlKind.SIMILAR),
    /// A value and either a list of values (`SqlNodeList`) or a query; runs `=`.
    IN(SqlKind.IN),
    NOT_IN(SqlKind.NOT_IN),
    /// One query.
    EXISTS(SqlKind.EXISTS),
    /// `ARRAY[…]`: any number of values; inner brackets are ARRAY_ROW.
    ARRAY(SqlKind.ARRAY_VALUE_CONSTRUCTOR),
    /// `[…]` inside ARRAY.
    ARRAY_ROW(SqlKind.ARRAY_VALUE_CONSTRUCTOR),
    /// `ARRAY(query)`.
    ARRAY_QUERY(SqlKind.ARRAY_QUERY_CONSTRUCTOR),
    /// `ROW(…)`: any number of values.
    ROW(SqlKind.ROW),
    /// `(a, b)`: two or more values.
    IMPLICIT_ROW(SqlKind.ROW),
    /// Subject or null · list of conditions · list of results, as long · result of ELSE or null.
    /// With a subject it runs `=`.
    CASE(SqlKind.CASE),
    /// One or more values.
    COALESCE(SqlKind.COALESCE),
    GREATEST(SqlKind.GREATEST),
    LEAST(SqlKind.LEAST),
    /// Two values; runs `=`.
    NULLIF(SqlKind.NULLIF),
    /// One or more grouping expressions.
    GROUPING(SqlKind.GROUPING),
    /// One or more group items.
    GROUPING_SETS(SqlKind.GROUPING_SETS),
    CUBE(SqlKind.CUBE),
    ROLLUP(SqlKind.ROLLUP),
    /// `()` in GROUP BY.
    EMPTY_GROUPING(SqlKind.OTHER),
    /// `CURRENT_DATE`, `CURRENT_USER`, …: no operands; the modifier is the keyword in lower case,
    /// with its precision if it has one: `current_timestamp(3)`.
    SPECIAL_VALUE(SqlKind.OTHER),
    /// `B'101'` and `X'1F'`: no operands; the modifier is the digits after `b` or `x`.
    BIT_STRING(SqlKind.LITERAL);

    private final SqlKind kind;

    Form(SqlKind kind) {
      this.kind = kind;
    }

    /// The keywords: `IS NOT DISTINCT FROM`.
    public String words() {
      return name().replace('_', ' ');
    }

    /// Whether NOT negates it inside: `NOT IN`.
    public boolean isNegated() {
      return name().startsWith("NOT_") || name().startsWith("IS_NOT_");
    }
  }

  public Construct(SqlParserPos position, Form form, @Nullable SqlNode... operands) {
    this(position, form, "", operands);
  }

  public Construct(
      SqlParserPos position, Form form, String modifier, @Nullable SqlNode... operands) {
    super(position, operands);
    this.form = form;
    this.modifier = modifier;
  }

  @Override
  protected Construct rebuilt(SqlParserPos position, List<? extends @Nullable SqlNode> operands) {
    return new Construct(position, form, modifier, operands.toArray(new SqlNode[0]));
  }

  @Override
  public SqlKind getKind() {
    return form.kind;
  }

  public Form form() {
    return form;
  }

  /// See the forms; empty for most.
  public String modifier() {
    return modifier;
  }
}
