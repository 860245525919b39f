package dev.remit.proxy.fence;

import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.TypeName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Tells which conditions may run on any row, hidden ones too, without anyone learning from it:
/// comparisons of unmasked columns with constants, parameters or other unmasked columns, by an
/// operator that the source calls leakproof for exactly these types. Everything else is not.
///
/// The operator is found as PostgreSQL finds it (documentation 10.2): an untyped constant or
/// parameter takes the other side's type; whole numbers are int4 or int8 by their size.
final class LeakproofConditions {
  private static final long BOOLEAN = 16;
  private static final long INT8 = 20;
  private static final long INT4 = 23;
  private static final long NUMERIC = 1700;
  private static final long UNKNOWN = 0;

  private final Resolution resolution;
  private final SourceFacts facts;
  private final ParameterTypes parameters;

  LeakproofConditions(Resolution resolution, SourceFacts facts, ParameterTypes parameters) {
    this.resolution = resolution;
    this.facts = facts;
    this.parameters = parameters;
  }

  boolean isSafe(SqlNode condition) {
    if (condition instanceof SqlLiteral) {
      return true;
    }
    if (condition instanceof SqlIdentifier) {
      return column(condition)
          .filter(origin -> facts.plain(origin.column().typeOid()) == BOOLEAN)
          .isPresent();
    }
    if (condition instanceof Operation operation && !operation.isPrefix()) {
      return comparison(
          operation.symbol(),
          operation.schema(),
          operation.getOperandList().get(0),
          operation.getOperandList().get(1));
    }
    if (condition instanceof Quantified quantified) {
      return anyOf(quantified);
    }
    return condition instanceof Construct construct && isSafe(construct);
  }

  private boolean isSafe(Construct construct) {
    List<SqlNode> operands = construct.getOperandList();
    return switch (construct.form()) {
      case AND, OR, NOT -> operands.stream().allMatch(this::isSafe);
      case IS_NULL, IS_NOT_NULL -> column(operands.get(0)).isPresent();
      case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_NOT_UNKNOWN ->
          isSafe(operands.get(0));
      case BETWEEN, NOT_BETWEEN ->
          comparison(">=", List.of(), operands.get(0), operands.get(1))
              && comparison("<=", List.of(), operands.get(0), operands.get(2))
              && comparison("<", List.of(), operands.get(0), operands.get(1))
              && comparison(">", List.of(), operands.get(0), operands.get(2));
      case IN, NOT_IN -> inList(construct.form(), operands.get(0), operands.get(1));
      default -> false;
    };
  }

  /// An IN list whose constants have one type, so that they stay one array of it.
  private boolean inList(Construct.Form form, SqlNode value, SqlNode list) {
    if (!(list instanceof SqlNodeList constants) || constants.isEmpty()) {
      return false;
    }
    String symbol = form == Construct.Form.IN ? "=" : "<>";
    long first = constantType(constants.get(0)).orElse(-1);
    return constants.stream()
        .allMatch(constant ->
            constantType(constant).orElse(-2) == first
                && comparison(symbol, List.of(), value, constant));
  }

  private boolean anyOf(Quantified quantified) {
    Optional<ColumnOrigin> column = column(quantified.left());
    if (column.isEmpty() || !quantified.schema().isEmpty() || quantified.right() instanceof Query) {
      return false;
    }
    if (!(quantified.right() instanceof SqlDynamicParam parameter)) {
      return false;
    }
    OptionalLong declared = parameters.type(parameter);
    if (declared.isEmpty()) {
      return false;
    }
    long type = column.get().column().typeOid();
    SourceFacts.@Nullable Type array = facts.types().get(declared.getAsLong());
    long element = declared.getAsLong() == UNKNOWN ? type : array == null ? -1 : array.element();
    return element > 0 && facts.isLeakproof(quantified.symbol(), type, element);
  }

  private boolean comparison(String symbol, List<String> schema, SqlNode left, SqlNode right) {
    if (!schema.isEmpty() && !schema.equals(List.of("pg_catalog"))) {
      return false;
    }
    Optional<ColumnOrigin> leftColumn = column(left);
    Optional<ColumnOrigin> rightColumn = column(right);
    if (leftColumn.isPresent() && rightColumn.isPresent()) {
      return facts.isLeakproof(
          symbol, leftColumn.get().column().typeOid(), rightColumn.get().column().typeOid());
    }
    if (leftColumn.isPresent()) {
      long type = leftColumn.get().column().typeOid();
      OptionalLong other = constantType(right);
      return other.isPresent() && facts.isLeakproof(symbol, type, sameIfUnknown(other, type));
    }
    if (rightColumn.isPresent()) {
      long type = rightColumn.get().column().typeOid();
      OptionalLong other = constantType(left);
      return other.isPresent() && facts.isLeakproof(symbol, sameIfUnknown(other, type), type);
    }
    return false;
  }

  private static long sameIfUnknown(OptionalLong type, long other) {
    return type.getAsLong() == UNKNOWN ? other : type.getAsLong();
  }

  /// The unmasked column that an expression is, if it is one.
  Optional<ColumnOrigin> column(SqlNode node) {
    if (!(node instanceof SqlIdentifier identifier)) {
      return Optional.empty();
    }
    Resolution.@Nullable BoundColumn bound = resolution.columns().get(identifier);
    return bound == null
        ? Optional.empty()
        : bound.origin().filter(origin -> !origin.column().masked());
  }

  /// Type of a constant or parameter: 0 = taken from the other side; empty = not a constant, or of
  /// a type we are not sure of.
  private OptionalLong constantType(SqlNode node) {
    if (node instanceof SqlNumericLiteral number) {
      return OptionalLong.of(numberType(number));
    }
    if (node instanceof SqlLiteral literal) {
      if (literal.getTypeName() == SqlTypeName.BOOLEAN) {
        return OptionalLong.of(BOOLEAN);
      }
      return OptionalLong.of(UNKNOWN);
    }
    if (node instanceof SqlDynamicParam parameter) {
      return parameters.type(parameter);
    }
    if (node instanceof Operation minus && minus.isPrefix() && minus.symbol().equals("-")) {
      SqlNode operand = minus.getOperandList().get(0);
      return operand instanceof SqlNumericLiteral ? constantType(operand) : OptionalLong.empty();
    }
    if (node instanceof Cast cast && isReadAtOnce(cast.value())) {
      return castType(cast.type());
    }
    return OptionalLong.empty();
  }

  /// Whether the value of a cast takes the cast's type before anything runs. A cast of a cast need
  /// not: `'x'::text::timestamptz` depends on a setting, so it is converted, and fails, row by row.
  private boolean isReadAtOnce(SqlNode value) {
    OptionalLong type = constantType(value);
    return !(value instanceof Cast)
        && type.isPresent()
        && (type.getAsLong() == UNKNOWN || !(value instanceof SqlDynamicParam));
  }

  private OptionalLong castType(TypeName type) {
    List<String> names = type.names();
    if (names.size() != 2 || !names.get(0).equals("pg_catalog") || !type.bounds().isEmpty()) {
      return OptionalLong.empty();
    }
    long oid = facts.systemType(names.get(1));
    return oid == 0 ? OptionalLong.empty() : OptionalLong.of(oid);
  }

  private static long numberType(SqlNumericLiteral number) {
    BigDecimal value = number.bigDecimalValue();
    if (value == null || !number.isInteger()) {
      return NUMERIC;
    }
    if (value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
      return INT4;
    }
    return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0 ? INT8 : NUMERIC;
  }
}
