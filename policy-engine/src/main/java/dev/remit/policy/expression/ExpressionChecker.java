package dev.remit.policy.expression;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.expression.Operand.Typed;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Checks one parsed expression against one relation and writes it anew.
///
/// It writes only what it understands: columns of the relation, bound constants, operators whose
/// operands it could type, functions of [AllowedFunction]. Everything else is an
/// `IllegalArgumentException`, so an unknown construct of the grammar is refused, not passed on.
///
/// Types are as coarse as [TypeClass]; PostgreSQL types the result exactly. Used once, by one
/// thread.
final class ExpressionChecker {
  private static final List<String> SYSTEM = List.of("pg_catalog");

  private final SqlBuilder builder;
  private final Constants constants;
  private final Operators operators;
  private final Relation relation;
  private final PolicyText text;
  private final Map<String, String> attributes;
  private final boolean loading;

  /// @param loading true to check without a principal: attributes then fit every type
  ExpressionChecker(
      SqlBuilder builder,
      Relation relation,
      PolicyText text,
      Map<String, String> attributes,
      boolean loading) {
    this.builder = builder;
    this.constants = new Constants(builder);
    this.operators = new Operators(constants);
    this.relation = relation;
    this.text = text;
    this.attributes = attributes;
    this.loading = loading;
  }

  /// The expression as a whole, given the type of `model` where it has none of its own.
  Typed check(Typed model) {
    return constants.as(visit(text.tree()), model);
  }

  private Operand visit(SqlNode node) {
    return switch (node) {
      case SqlIdentifier identifier -> identifier(identifier);
      case SqlLiteral literal -> literal(literal);
      case Construct construct -> construct(construct);
      case Operation operation -> operation(operation);
      case FunctionCall call -> function(call);
      case Cast cast -> operators.cast(visit(cast.value()), cast.type());
      default -> throw unreadable(node);
    };
  }

  private List<Operand> visitAll(Iterable<? extends SqlNode> nodes) {
    List<Operand> operands = new ArrayList<>();
    nodes.forEach(node -> operands.add(visit(node)));
    return operands;
  }

  private Operand identifier(SqlIdentifier identifier) {
    if (!identifier.isSimple()) {
      if (identifier.names.size() == 1) {
        throw unreadable(identifier);
      }
      throw new IllegalArgumentException(
          "'" + identifier + "': write the column's name alone; no other table can be read");
    }
    String name = identifier.getSimple();
    @Nullable String attribute = text.attribute(name);
    if (attribute != null) {
      return loading ? new Operand.Untyped("", false) : new Operand.Untyped(value(attribute), true);
    }
    Column column =
        relation
            .column(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    relation.qualifiedName() + " has no column '" + name + "'"));
    return ColumnText.of(column);
  }

  private String value(String attribute) {
    @Nullable String value = attributes.get(attribute);
    if (value == null) {
      throw new IllegalStateException("attribute " + attribute + " was to be checked before");
    }
    return value;
  }

  private Operand literal(SqlLiteral literal) {
    if (literal.getTypeName() == SqlTypeName.NULL) {
      return new Operand.Null();
    }
    if (literal.getTypeName() == SqlTypeName.BOOLEAN) {
      return new Typed(literal.booleanValue() ? "TRUE" : "FALSE", TypeClass.BOOLEAN);
    }
    if (literal instanceof SqlNumericLiteral number) {
      boolean whole = number.isInteger() && number.bigDecimalValue() != null;
      String digits = number.toValue();
      if (digits == null) {
        throw unreadable(literal);
      }
      boolean small = whole && digits.length() <= 9;
      TypeClass type = whole && digits.length() <= 18 ? TypeClass.INTEGER : TypeClass.DECIMAL;
      return new Typed(builder.value(small ? "int4" : type.valueType(), digits), type);
    }
    if (SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
      @Nullable String string = literal.toValue();
      if (string != null) {
        return new Operand.Untyped(string, true);
      }
    }
    throw unreadable(literal);
  }

  private Operand construct(Construct construct) {
    return switch (construct.form()) {
      case CASE -> choice(construct);
      case IN, NOT_IN -> membership(construct);
      default ->
          operators
              .construct(construct.form(), () -> visitAll(construct.getOperandList()))
              .orElseThrow(() -> unreadable(construct));
    };
  }

  private Operand choice(Construct choice) {
    List<SqlNode> parts = choice.getOperandList();
    if (parts.get(0) != null) {
      throw new IllegalArgumentException("write CASE WHEN condition THEN value, not CASE value");
    }
    List<String> conditions =
        visitAll((SqlNodeList) parts.get(1)).stream().map(operators::bool).toList();
    List<Operand> results = visitAll((SqlNodeList) parts.get(2));
    @Nullable SqlNode otherwise = parts.get(3);
    results.add(otherwise == null ? new Operand.Null() : visit(otherwise));
    List<Typed> typed = operators.unify(results);
    StringBuilder sql = new StringBuilder("CASE");
    for (int index = 0; index < conditions.size(); index++) {
      sql.append(" WHEN ").append(conditions.get(index));
      sql.append(" THEN ").append(typed.get(index).sql());
    }
    sql.append(" ELSE ").append(typed.getLast().sql()).append(" END");
    return Operators.joined(sql.toString(), typed);
  }

  private Operand membership(Construct construct) {
    SqlNode members = construct.getOperandList().get(1);
    if (!(members instanceof SqlNodeList list)) {
      throw unreadable(construct);
    }
    Operand tested = visit(construct.getOperandList().get(0));
    return operators.membership(tested, visitAll(list), construct.form().isNegated());
  }

  private Operand operation(Operation operation) {
    boolean ours = operation.schema().isEmpty() || operation.schema().equals(SYSTEM);
    if (!ours) {
      throw unreadable(operation);
    }
    return operators
        .operation(operation.symbol(), visitAll(operation.getOperandList()))
        .orElseThrow(() -> unreadable(operation));
  }

  private Operand function(FunctionCall call) {
    List<String> name = call.name().names;
    boolean plain =
        switch (call.spelling()) {
          case PLAIN, SUBSTRING_FROM, SUBSTRING_FROM_FOR -> true;
          default -> false;
        };
    boolean simple =
        plain
            && call.options().equals(FunctionCall.Options.NONE)
            && call.orderBy().isEmpty()
            && call.filter().isEmpty()
            && call.window().isEmpty()
            && (name.size() == 1 || (name.size() == 2 && name.get(0).equals("pg_catalog")));
    if (!simple) {
      throw unreadable(call);
    }
    return operators.function(name.getLast(), visitAll(call.arguments()));
  }

  private static IllegalArgumentException unreadable(SqlNode node) {
    return new IllegalArgumentException(
        "'"
            + Grammar.write(node)
            + "' is not allowed in a policy: use columns, constants, "
            + "comparisons, AND, OR, NOT, IN, BETWEEN, LIKE, CASE and the listed functions");
  }
}
