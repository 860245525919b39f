package dev.remit.proxy.verify;

import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import dev.remit.sql.model.expression.TypeName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/// Whether a condition that stands beside a row filter, and so meets hidden rows, tells nothing of
/// them: clear columns of the relation, compared with constants, columns of an enclosing query or
/// each other, by operators that the source calls leakproof for these types.
///
/// The fence decided the same before, on the tree it was made from; this is decided on the written
/// text alone. One thing is taken from the fence: that a parameter without a cast and a column of
/// an enclosing query have the type of what they are compared with.
final class CopiedCondition {
  private static final long BOOLEAN = 16;
  private static final long INT8 = 20;
  private static final long INT4 = 23;
  private static final long NUMERIC = 1700;
  private static final long UNTYPED = 0;

  private final SourceFacts facts;
  private final Map<String, Long> clearColumns;
  private final String inside;

  /// @param clearColumns types of the relation's columns that are shown as they are
  /// @param inside the relation's name in its own query; another qualifier means an enclosing one
  CopiedCondition(SourceFacts facts, Map<String, Long> clearColumns, String inside) {
    this.facts = facts;
    this.clearColumns = Map.copyOf(clearColumns);
    this.inside = inside;
  }

  boolean isHarmless(@Nullable SqlNode node) {
    return switch (node) {
      case SqlLiteral literal -> true;
      case SqlIdentifier column -> facts.plain(type(column).orElse(UNTYPED)) == BOOLEAN;
      case Construct construct -> isHarmless(construct);
      case Operation operation when !operation.isPrefix() ->
          isOwn(operation.schema())
              && isLeakproof(
                  operation.symbol(),
                  operation.getOperandList().get(0),
                  operation.getOperandList().get(1));
      case Quantified quantified -> isHarmless(quantified);
      case null, default -> false;
    };
  }

  private boolean isHarmless(Construct construct) {
    List<SqlNode> operands = construct.getOperandList();
    return switch (construct.form()) {
      case AND, OR, NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_NOT_UNKNOWN ->
          operands.stream().allMatch(this::isHarmless);
      case IS_NULL, IS_NOT_NULL -> isColumn(operands.get(0));
      case BETWEEN, NOT_BETWEEN ->
          isLeakproof(">=", operands.get(0), operands.get(1))
              && isLeakproof("<=", operands.get(0), operands.get(2));
      case IN, NOT_IN ->
          operands.get(1) instanceof SqlNodeList list
              && list.stream().allMatch(value -> isLeakproof("=", operands.get(0), value));
      default -> false;
    };
  }

  /// A column beside any element of an array parameter.
  private boolean isHarmless(Quantified quantified) {
    SqlNode array = quantified.right() instanceof Cast cast ? cast.value() : quantified.right();
    OptionalLong column = type(quantified.left());
    return isOwn(quantified.schema())
        && isColumn(quantified.left())
        && array instanceof SqlDynamicParam
        && facts.isLeakproof(quantified.symbol(), column.getAsLong(), column.getAsLong());
  }

  private static boolean isOwn(List<String> schema) {
    return schema.isEmpty() || schema.equals(List.of("pg_catalog"));
  }

  private boolean isLeakproof(String symbol, @Nullable SqlNode left, @Nullable SqlNode right) {
    OptionalLong first = type(left);
    OptionalLong second = type(right);
    if (first.isEmpty() || second.isEmpty() || !(isColumn(left) || isColumn(right))) {
      return false;
    }
    long one = first.getAsLong() == UNTYPED ? second.getAsLong() : first.getAsLong();
    long other = second.getAsLong() == UNTYPED ? first.getAsLong() : second.getAsLong();
    return facts.isLeakproof(symbol, one, other);
  }

  private boolean isColumn(@Nullable SqlNode node) {
    return node instanceof SqlIdentifier name && name.isSimple() && type(name).isPresent();
  }

  /// Type of a clear column or a constant; 0 when it takes the other side's; empty for all else.
  private OptionalLong type(@Nullable SqlNode node) {
    return switch (node) {
      case SqlIdentifier name when name.isSimple() && clearColumns.containsKey(name.getSimple()) ->
          OptionalLong.of(clearColumns.get(name.getSimple()));
      case SqlIdentifier name when isOfEnclosing(name) -> OptionalLong.of(UNTYPED);
      case SqlNumericLiteral number -> OptionalLong.of(numberType(number));
      case SqlLiteral literal ->
          OptionalLong.of(literal.getValue() instanceof Boolean ? BOOLEAN : UNTYPED);
      case SqlDynamicParam parameter -> OptionalLong.of(UNTYPED);
      case Operation minus when minus.isPrefix() && minus.symbol().equals("-") ->
          minus.getOperandList().get(0) instanceof SqlNumericLiteral number
              ? OptionalLong.of(numberType(number))
              : OptionalLong.empty();
      case Cast cast when !(cast.value() instanceof Cast) && isConstant(cast.value()) ->
          castType(cast.type());
      case null, default -> OptionalLong.empty();
    };
  }

  private boolean isOfEnclosing(SqlIdentifier name) {
    return name.names.size() == 2 && !name.isStar() && !name.names.get(0).equals(inside);
  }

  private boolean isConstant(SqlNode value) {
    return !(value instanceof SqlIdentifier) && type(value).isPresent();
  }

  private OptionalLong castType(TypeName type) {
    List<String> names = type.names();
    long oid = names.size() == 2 && isOwn(names.subList(0, 1)) ? facts.systemType(names.get(1)) : 0;
    return oid == 0 || !type.bounds().isEmpty() ? OptionalLong.empty() : OptionalLong.of(oid);
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
