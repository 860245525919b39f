package dev.remit.sql.write;

import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Construct;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Writes expressions that have words of their own.
final class ConstructWriter {
  private final Output output;
  private final ExpressionWriter expressions;

  ConstructWriter(Output output, ExpressionWriter expressions) {
    this.output = output;
    this.expressions = expressions;
  }

  void write(Construct construct) {
    Construct.Form form = construct.form();
    List<SqlNode> operands = construct.getOperandList();
    switch (form) {
      case AND, OR -> infix(construct, " " + form.words() + " ");
      case NOT -> {
        output.add("(").from(construct).add("NOT ");
        expressions.write(operands.getFirst());
        output.add(")");
      }
      case IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE,
          IS_UNKNOWN,
          IS_NOT_UNKNOWN,
          IS_DOCUMENT,
          IS_NOT_DOCUMENT ->
          postfix(construct, form.words());
      case IS_JSON, IS_NOT_JSON -> postfix(construct, modified(form.words(), construct));
      case IS_NORMALIZED -> postfix(construct, modified("IS", construct) + " NORMALIZED");
      case IS_NOT_NORMALIZED -> postfix(construct, modified("IS NOT", construct) + " NORMALIZED");
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> infix(construct, " " + form.words() + " ");
      case BETWEEN, NOT_BETWEEN, BETWEEN_SYMMETRIC, NOT_BETWEEN_SYMMETRIC ->
          ternary(construct, " AND ");
      case LIKE, NOT_LIKE, ILIKE, NOT_ILIKE, SIMILAR_TO, NOT_SIMILAR_TO ->
          ternary(construct, " ESCAPE ");
      case IN, NOT_IN -> membership(construct);
      case EXISTS -> query(construct, "EXISTS ");
      case ARRAY_QUERY -> query(construct, "ARRAY");
      case ARRAY -> brackets(construct, "ARRAY[", "]");
      case ARRAY_ROW -> brackets(construct, "[", "]");
      case IMPLICIT_ROW -> brackets(construct, "(", ")");
      case ROW, COALESCE, GREATEST, LEAST, NULLIF, GROUPING, CUBE, ROLLUP, GROUPING_SETS ->
          brackets(construct, form.words() + "(", ")");
      case EMPTY_GROUPING -> output.add("()");
      case CASE -> caseOf(construct);
      case SPECIAL_VALUE -> output.from(construct).add(construct.modifier());
      case BIT_STRING ->
          output
              .from(construct)
              .add(construct.modifier().substring(0, 1).toUpperCase(Locale.ROOT))
              .string(construct.modifier().substring(1));
    }
  }

  private static String modified(String words, Construct construct) {
    return construct.modifier().isEmpty() ? words : words + " " + construct.modifier();
  }

  private void infix(Construct construct, String words) {
    output.add("(");
    boolean first = true;
    for (SqlNode operand : construct.getOperandList()) {
      if (!first) {
        output.from(construct).add(words);
      }
      expressions.write(operand);
      first = false;
    }
    output.add(")");
  }

  private void postfix(Construct construct, String words) {
    output.add("(");
    expressions.write(construct.getOperandList().getFirst());
    output.add(" ").from(construct).add(words).add(")");
  }

  private void ternary(Construct construct, String between) {
    List<SqlNode> operands = construct.getOperandList();
    output.add("(");
    expressions.write(operands.get(0));
    output.add(" ").from(construct).add(construct.form().words()).add(" ");
    expressions.write(operands.get(1));
    if (operands.size() > 2) {
      output.add(between);
      expressions.write(operands.get(2));
    }
    output.add(")");
  }

  private void membership(Construct construct) {
    List<SqlNode> operands = construct.getOperandList();
    output.add("(");
    expressions.write(operands.get(0));
    output.add(" ").from(construct).add(construct.form().words()).add(" ");
    if (operands.get(1) instanceof Query query) {
      expressions.parenthesised(query);
    } else {
      output.add("(");
      expressions.list((SqlNodeList) operands.get(1));
      output.add(")");
    }
    output.add(")");
  }

  private void query(Construct construct, String words) {
    output.from(construct).add(words);
    expressions.parenthesised((Query) construct.getOperandList().getFirst());
  }

  private void brackets(Construct construct, String open, String close) {
    output.from(construct).add(open);
    expressions.list(construct.getOperandList());
    output.add(close);
  }

  private void caseOf(Construct construct) {
    List<SqlNode> operands = construct.getOperandList();
    @Nullable SqlNode subject = operands.get(0);
    SqlNodeList conditions = (SqlNodeList) operands.get(1);
    SqlNodeList results = (SqlNodeList) operands.get(2);
    @Nullable SqlNode otherwise = operands.get(3);
    output.from(construct).add("CASE ");
    if (subject != null) {
      expressions.write(subject);
      output.add(" ");
    }
    for (int i = 0; i < conditions.size(); i++) {
      output.add("WHEN ");
      expressions.write(Objects.requireNonNull(conditions.get(i)));
      output.add(" THEN ");
      expressions.write(Objects.requireNonNull(results.get(i)));
      output.add(" ");
    }
    if (otherwise != null) {
      output.add("ELSE ");
      expressions.write(otherwise);
      output.add(" ");
    }
    output.add("END");
  }
}
