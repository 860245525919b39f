package dev.remit.policy.expression;

import dev.remit.policy.expression.Operand.Typed;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The operators and functions of policy text, each with the operand types it accepts.
///
/// LIKE and its kin are written as the functions PostgreSQL implements them by, so that their
/// meaning does not depend on a search path.
final class Operators {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");
  private static final Map<Construct.Form, String> MATCHES =
      Map.of(
          Construct.Form.LIKE, "like",
          Construct.Form.NOT_LIKE, "notlike",
          Construct.Form.ILIKE, "texticlike",
          Construct.Form.NOT_ILIKE, "texticnlike");
  private static final Map<String, TypeClass> CASTS =
      Map.of(
          "text", TypeClass.TEXT,
          "varchar", TypeClass.TEXT,
          "int4", TypeClass.INTEGER,
          "int8", TypeClass.INTEGER,
          "numeric", TypeClass.DECIMAL,
          "date", TypeClass.DATE,
          "timestamptz", TypeClass.TIMESTAMPTZ,
          "bytea", TypeClass.BYTES);
  private static final Typed TEXT = new Typed("", TypeClass.TEXT);

  private final Constants constants;

  Operators(Constants constants) {
    this.constants = constants;
  }

  /// A construct of the grammar; empty when policies may not use it.
  ///
  /// @param given gives the operands, checked; not asked for a construct that is refused
  Optional<Operand> construct(Construct.Form form, Supplier<List<Operand>> given) {
    @Nullable String match = MATCHES.get(form);
    if (match != null) {
      return Optional.of(matching(match, given.get()));
    }
    return Optional.ofNullable(
        switch (form) {
          case AND, OR -> logic(form.words(), given.get());
          case NOT -> new Typed("(NOT " + bool(given.get().getFirst()) + ")", TypeClass.BOOLEAN);
          case IS_NULL, IS_NOT_NULL -> test(known(given.get().getFirst()).sql(), form.words());
          case IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
              test(bool(given.get().getFirst()), form.words());
          case BETWEEN, NOT_BETWEEN -> between(given.get(), form.isNegated());
          case COALESCE -> coalesce(given.get());
          default -> null;
        });
  }

  /// An operator symbol with its operands; empty when policies may not use it.
  Optional<Operand> operation(String symbol, List<Operand> operands) {
    if (COMPARISONS.contains(symbol) && operands.size() == 2) {
      return Optional.of(compare(symbol, operands.get(0), operands.get(1)));
    }
    if (ARITHMETIC.contains(symbol)) {
      return Optional.of(arithmetic(symbol, operands));
    }
    return symbol.equals("||") ? Optional.of(concatenated(operands)) : Optional.empty();
  }

  private Typed matching(String function, List<Operand> operands) {
    if (operands.size() != 2) {
      throw new IllegalArgumentException("LIKE with ESCAPE is not allowed in a policy");
    }
    return new Typed(
        SqlBuilder.call(function, text(operands.get(0)), text(operands.get(1))), TypeClass.BOOLEAN);
  }

  /// Calls a function of the allow list.
  Typed function(String name, List<Operand> operands) {
    AllowedFunction function =
        AllowedFunction.named(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the function " + name + " is not one that a policy may call"));
    if (!function.accepts(operands.size())) {
      throw new IllegalArgumentException("wrong number of arguments for " + name);
    }
    List<String> arguments = new ArrayList<>();
    for (int index = 0; index < operands.size(); index++) {
      arguments.add(argument(operands.get(index), function.parameters().get(index)));
    }
    return new Typed(
        SqlBuilder.call(function.sqlName(), arguments.toArray(String[]::new)),
        function.result(),
        "pg_catalog",
        longest(function, operands));
  }

  private static int longest(AllowedFunction function, List<Operand> operands) {
    return switch (function) {
      case MD5 -> 32;
      case SUBSTRING, SUBSTR, BTRIM, LEFT, RIGHT, REVERSE, SPLIT_PART ->
          operands.getFirst() instanceof Typed typed ? typed.longest() : Operand.UNBOUNDED;
      default -> Operand.UNBOUNDED;
    };
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

  /// A cast to one of few types, without modifiers.
  Typed cast(Operand operand, TypeName target) {
    @Nullable TypeClass type = CASTS.get(target.names().getLast());
    boolean system = target.names().size() == 1 || target.names().getFirst().equals("pg_catalog");
    boolean plain =
        target.modifiers().isEmpty()
            && target.bounds().isEmpty()
            && target.intervalFields().isEmpty();
    if (type == null || !system || !plain) {
      throw new IllegalArgumentException("a policy may not cast to " + Grammar.write(target));
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
