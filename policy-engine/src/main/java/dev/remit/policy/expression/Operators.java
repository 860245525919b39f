package dev.remit.policy.expression;

import dev.remit.policy.expression.Operand.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;

/// The operators and functions of policy text, each with the operand types it accepts.
///
/// LIKE and its kin are written as the functions PostgreSQL implements them by, so that their
/// meaning does not depend on a search path.
final class Operators {
  private static final Map<String, String> COMPARISONS =
      Map.of("=", "=", "<>", "<>", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=");
  private static final Map<String, String> MATCHES =
      Map.of(
          "LIKE", "like",
          "NOT LIKE", "notlike",
          "ILIKE", "texticlike",
          "NOT ILIKE", "texticnlike");
  private static final Map<String, TypeClass> CASTS =
      Map.of(
          "text", TypeClass.TEXT,
          "varchar", TypeClass.TEXT,
          "integer", TypeClass.INTEGER,
          "int", TypeClass.INTEGER,
          "bigint", TypeClass.INTEGER,
          "numeric", TypeClass.DECIMAL,
          "decimal", TypeClass.DECIMAL,
          "date", TypeClass.DATE,
          "bytea", TypeClass.BYTES);
  private static final Typed TEXT = new Typed("", TypeClass.TEXT);

  private final Constants constants;

  Operators(Constants constants) {
    this.constants = constants;
  }

  /// Applies the operator of this name; empty when it is not an operator that is known here.
  Optional<Operand> apply(String name, List<Operand> operands) {
    if (COMPARISONS.containsKey(name) && operands.size() == 2) {
      return Optional.of(compare(COMPARISONS.get(name), operands.get(0), operands.get(1)));
    }
    if (MATCHES.containsKey(name) && operands.size() == 2) {
      return Optional.of(
          new Typed(
              SqlBuilder.call(MATCHES.get(name), text(operands.get(0)), text(operands.get(1))),
              TypeClass.BOOLEAN));
    }
    return Optional.ofNullable(
        switch (name) {
          case "AND", "OR" -> logic(name, operands);
          case "NOT" -> new Typed("(NOT " + bool(operands.get(0)) + ")", TypeClass.BOOLEAN);
          case "IS NULL", "IS NOT NULL" -> test(known(operands.get(0)).sql(), name);
          case "IS TRUE", "IS FALSE", "IS NOT TRUE", "IS NOT FALSE" ->
              test(bool(operands.get(0)), name);
          case "BETWEEN", "BETWEEN ASYMMETRIC" -> between(operands, false);
          case "NOT BETWEEN", "NOT BETWEEN ASYMMETRIC" -> between(operands, true);
          case "+", "-", "*", "/" -> arithmetic(name, operands);
          case "||" -> concatenated(operands);
          case "COALESCE" -> coalesce(operands);
          default -> null;
        });
  }

  /// Calls a function of the allow list; empty when the operator is no function call.
  Optional<Operand> function(SqlOperator operator, List<Operand> operands) {
    if (!(operator instanceof SqlFunction)) {
      return Optional.empty();
    }
    String name = operator.getName();
    AllowedFunction function =
        AllowedFunction.named(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the function "
                        + name.toLowerCase(Locale.ROOT)
                        + " is not on the list of functions a policy may call"));
    if (!function.accepts(operands.size())) {
      throw new IllegalArgumentException(
          "wrong number of arguments for " + name.toLowerCase(Locale.ROOT));
    }
    List<String> arguments = new ArrayList<>();
    for (int index = 0; index < operands.size(); index++) {
      arguments.add(argument(operands.get(index), function.parameters().get(index)));
    }
    return Optional.of(
        new Typed(
            SqlBuilder.call(function.sqlName(), arguments.toArray(String[]::new)),
            function.result(),
            "pg_catalog",
            function == AllowedFunction.MD5 ? 32 : Operand.UNBOUNDED));
  }

  private String argument(Operand operand, TypeClass expected) {
    if (expected == TypeClass.TEXT) {
      return text(operand);
    }
    Typed typed = constants.as(operand, new Typed("", expected));
    if (typed.type() != expected && !(expected == TypeClass.DECIMAL && typed.type().isNumber())) {
      throw mismatch("an argument", typed.type(), expected);
    }
    return expected == TypeClass.INTEGER
        ? SqlBuilder.cast(typed.sql(), SqlBuilder.systemType("int4"))
        : SqlBuilder.cast(typed.sql(), SqlBuilder.systemType(expected.valueType()));
  }

  /// The operand as condition.
  String bool(Operand operand) {
    Typed typed = constants.as(operand, new Typed("", TypeClass.BOOLEAN));
    if (typed.type() != TypeClass.BOOLEAN) {
      throw mismatch("a condition", typed.type(), TypeClass.BOOLEAN);
    }
    return typed.sql();
  }

  /// The operands under one type.
  List<Typed> unify(List<Operand> operands) {
    Typed model =
        operands.stream()
            .filter(Typed.class::isInstance)
            .map(Typed.class::cast)
            .findFirst()
            .orElse(TEXT);
    List<Typed> typed = operands.stream().map(operand -> constants.as(operand, model)).toList();
    for (Typed each : typed) {
      if (each.type() != model.type() && !(each.type().isNumber() && model.type().isNumber())) {
        throw mismatch("a value", each.type(), model.type());
      }
    }
    return typed;
  }

  static Typed joined(String sql, List<Typed> alternatives) {
    Typed first = alternatives.getFirst();
    int longest = alternatives.stream().mapToInt(Typed::longest).max().orElse(Operand.UNBOUNDED);
    return new Typed(sql, first.type(), first.schema(), longest);
  }

  /// `tested IN (members)` as alternatives of equality.
  Operand membership(Operand tested, List<Operand> members, boolean negated) {
    String any =
        members.stream()
            .map(member -> compare("=", tested, member).sql())
            .collect(Collectors.joining(" OR ", "(", ")"));
    return new Typed(negated ? "(NOT " + any + ")" : any, TypeClass.BOOLEAN);
  }

  /// A cast to one of few types.
  Operand cast(Operand operand, SqlNode target) {
    String name = String.valueOf(((SqlDataTypeSpec) target).getTypeName());
    TypeClass type = CASTS.get(name.toLowerCase(Locale.ROOT).replaceAll("[\"`]|pg_catalog\\.", ""));
    if (type == null) {
      throw new IllegalArgumentException("a policy may not cast to " + name);
    }
    Typed typed = constants.as(operand, new Typed("", type));
    if (typed.type() == TypeClass.OTHER) {
      throw mismatch("the operand of a cast", typed.type(), type);
    }
    return new Typed(
        SqlBuilder.cast(typed.sql(), SqlBuilder.systemType(type.valueType())),
        type,
        "pg_catalog",
        type == TypeClass.TEXT && typed.type() == type ? typed.longest() : Operand.UNBOUNDED);
  }

  private Typed compare(String symbol, Operand left, Operand right) {
    List<Typed> both = unify(List.of(left, right));
    Typed first = both.get(0);
    if (first.type() == TypeClass.OTHER) {
      throw new IllegalArgumentException(
          "a column of this type cannot be compared in a policy; cast it to text");
    }
    boolean sameSchema = first.schema().equals(both.get(1).schema());
    String schema = sameSchema ? first.schema() : "pg_catalog";
    return sameSchema
        ? new Typed(
            SqlBuilder.binary(first.sql(), schema, symbol, both.get(1).sql()), TypeClass.BOOLEAN)
        : new Typed(
            SqlBuilder.binary(plainText(first), schema, symbol, plainText(both.get(1))),
            TypeClass.BOOLEAN);
  }

  private Typed logic(String name, List<Operand> operands) {
    return new Typed(
        operands.stream().map(this::bool).collect(Collectors.joining(" " + name + " ", "(", ")")),
        TypeClass.BOOLEAN);
  }

  private static Typed test(String sql, String test) {
    return new Typed("(" + sql + " " + test + ")", TypeClass.BOOLEAN);
  }

  private Typed between(List<Operand> operands, boolean negated) {
    String from = compare(">=", operands.get(0), operands.get(1)).sql();
    String to = compare("<=", operands.get(0), operands.get(2)).sql();
    String both = "(" + from + " AND " + to + ")";
    return new Typed(negated ? "(NOT " + both + ")" : both, TypeClass.BOOLEAN);
  }

  private Typed arithmetic(String name, List<Operand> operands) {
    Typed number = new Typed("", TypeClass.DECIMAL);
    List<Typed> typed = operands.stream().map(operand -> constants.as(operand, number)).toList();
    for (Typed each : typed) {
      if (!each.type().isNumber()) {
        throw mismatch("an operand of " + name, each.type(), TypeClass.DECIMAL);
      }
    }
    if (typed.size() == 1) {
      return new Typed("(" + name + " " + typed.get(0).sql() + ")", typed.get(0).type());
    }
    TypeClass wider =
        typed.get(0).type().compareTo(typed.get(1).type()) >= 0
            ? typed.get(0).type()
            : typed.get(1).type();
    return new Typed(SqlBuilder.binary(typed.get(0).sql(), name, typed.get(1).sql()), wider);
  }

  private Typed concatenated(List<Operand> operands) {
    List<Typed> typed = operands.stream().map(operand -> constants.as(operand, TEXT)).toList();
    long longest = typed.stream().mapToLong(Typed::longest).sum();
    return new Typed(
        SqlBuilder.binary(text(typed.get(0)), "||", text(typed.get(1))),
        TypeClass.TEXT,
        "pg_catalog",
        (int) Math.min(longest, Operand.UNBOUNDED));
  }

  private Typed coalesce(List<Operand> operands) {
    List<Typed> typed = unify(operands);
    return joined(
        typed.stream().map(Typed::sql).collect(Collectors.joining(", ", "COALESCE(", ")")), typed);
  }

  private Typed known(Operand operand) {
    return constants.as(operand, TEXT);
  }

  private String text(Operand operand) {
    Typed typed = constants.as(operand, TEXT);
    if (typed.type() != TypeClass.TEXT) {
      throw mismatch("a text operand", typed.type(), TypeClass.TEXT);
    }
    return plainText(typed);
  }

  private static String plainText(Typed typed) {
    return SqlBuilder.cast(typed.sql(), SqlBuilder.systemType("text"));
  }

  private static IllegalArgumentException mismatch(String what, TypeClass is, TypeClass expected) {
    return new IllegalArgumentException(
        what
            + " is of type "
            + is.name().toLowerCase(Locale.ROOT)
            + " where "
            + expected.name().toLowerCase(Locale.ROOT)
            + " is needed");
  }
}
