package dev.remit.proxy.person;

import dev.remit.proxy.fence.ParameterTypes;
import dev.remit.proxy.model.AccessSummary.PinnedValue;
import dev.remit.proxy.resolve.ColumnOrigin;
import dev.remit.proxy.resolve.Resolution;
import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.Operation;
import dev.remit.sql.model.expression.Quantified;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Reads a condition as a choice between rows of constants: `a = 1`, `a IN (1, 2)`, `a = ANY (…)`,
/// `(a, b) = (1, 2)`, `(a, b) IN ((1, 2), (3, 4))`, and OR and AND of such.
final class FixedValues {
  /// Of one condition; a longer list fixes too many to name.
  static final int MOST_ALTERNATIVES = PinnedPersons.MOST + 1;

  private static final List<Map<ColumnOrigin, PinnedValue>> NONE = List.of();

  private final Resolution resolution;
  private final ParameterTypes types;

  /// Two expressions that a condition compares with `=`.
  record Pair(SqlNode left, SqlNode right) {}

  FixedValues(Resolution resolution, ParameterTypes types) {
    this.resolution = resolution;
    this.types = types;
  }

  /// What the rows that pass can hold in some columns; empty when the condition fixes nothing. At
  /// most [#MOST_ALTERNATIVES]: then there may be more.
  List<Map<ColumnOrigin, PinnedValue>> alternatives(SqlNode node) {
    return switch (node) {
      case Operation operation -> equality(equated(operation));
      case Quantified quantified when quantified.symbol().equals("=") && !quantified.all() ->
          any(quantified.left(), quantified.right());
      case Construct construct ->
          switch (construct.form()) {
            case IN -> in(construct);
            case OR -> or(construct);
            case AND -> and(construct);
            default -> NONE;
          };
      default -> NONE;
    };
  }

  /// The pairs of `a = b` and `(a, b) = (c, d)`.
  static List<Pair> equated(SqlNode node) {
    if (!(node instanceof Operation operation)
        || operation.isPrefix()
        || !operation.symbol().equals("=")) {
      return List.of();
    }
    return pairs(operation.getOperandList().get(0), operation.getOperandList().get(1));
  }

  /// The visible column that an expression is, nothing else.
  Optional<ColumnOrigin> column(SqlNode node) {
    if (!(node instanceof SqlIdentifier identifier)) {
      return Optional.empty();
    }
    BoundColumn bound = resolution.columns().get(identifier);
    return bound == null ? Optional.empty() : bound.origin();
  }

  private static List<Pair> pairs(SqlNode left, SqlNode right) {
    if (!isRow(left) || !isRow(right)) {
      return List.of(new Pair(left, right));
    }
    List<SqlNode> lefts = ((Construct) left).getOperandList();
    List<SqlNode> rights = ((Construct) right).getOperandList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
      pairs.addAll(pairs(lefts.get(i), rights.get(i)));
    }
    return pairs;
  }

  private static boolean isRow(SqlNode node) {
    return node instanceof Construct construct
        && (construct.form() == Construct.Form.ROW
            || construct.form() == Construct.Form.IMPLICIT_ROW);
  }

  private List<Map<ColumnOrigin, PinnedValue>> equality(List<Pair> pairs) {
    Map<ColumnOrigin, PinnedValue> fixed = new HashMap<>();
    for (Pair pair : pairs) {
      fix(fixed, pair.left(), pair.right());
      fix(fixed, pair.right(), pair.left());
    }
    return fixed.isEmpty() ? NONE : List.of(fixed);
  }

  private void fix(Map<ColumnOrigin, PinnedValue> fixed, SqlNode column, SqlNode value) {
    column(column)
        .filter(origin -> !origin.column().masked())
        .ifPresent(
            origin -> value(value, 0).ifPresent(constant -> fixed.putIfAbsent(origin, constant)));
  }

  private List<Map<ColumnOrigin, PinnedValue>> in(Construct in) {
    if (!(in.getOperandList().get(1) instanceof SqlNodeList items)) {
      return NONE;
    }
    return each(in.getOperandList().get(0), items);
  }

  private List<Map<ColumnOrigin, PinnedValue>> each(SqlNode left, Iterable<SqlNode> items) {
    List<List<Map<ColumnOrigin, PinnedValue>>> found = new ArrayList<>();
    for (SqlNode item : items) {
      if (!isNull(item)) {
        found.add(equality(pairs(left, item)));
      }
    }
    return oneOf(found);
  }

  private List<Map<ColumnOrigin, PinnedValue>> any(SqlNode left, SqlNode right) {
    if (right instanceof Construct array && array.form() == Construct.Form.ARRAY) {
      return each(left, array.getOperandList());
    }
    if (right instanceof Cast cast && cast.value() instanceof Construct) {
      return any(left, cast.value());
    }
    Map<ColumnOrigin, PinnedValue> fixed = new HashMap<>();
    column(left)
        .filter(origin -> !origin.column().masked())
        .ifPresent(origin ->
            value(right, 0).ifPresent(array -> fixed.put(origin, new PinnedValue.Elements(array))));
    return fixed.isEmpty() ? NONE : List.of(fixed);
  }

  private List<Map<ColumnOrigin, PinnedValue>> or(Construct or) {
    return oneOf(or.getOperandList().stream().map(this::alternatives).toList());
  }

  /// Each of them has to fix something, or else rows come through that nothing fixes.
  private static List<Map<ColumnOrigin, PinnedValue>> oneOf(
      List<List<Map<ColumnOrigin, PinnedValue>>> choices) {
    if (choices.isEmpty() || choices.stream().anyMatch(List::isEmpty)) {
      return NONE;
    }
    return choices.stream().flatMap(List::stream).limit(MOST_ALTERNATIVES).toList();
  }

  /// What each part alone fixes to one value; where there is no such part, the first that fixes
  /// anything.
  private List<Map<ColumnOrigin, PinnedValue>> and(Construct and) {
    Map<ColumnOrigin, PinnedValue> single = new HashMap<>();
    List<Map<ColumnOrigin, PinnedValue>> first = NONE;
    for (SqlNode part : and.getOperandList()) {
      List<Map<ColumnOrigin, PinnedValue>> found = alternatives(part);
      if (found.size() == 1) {
        found.getFirst().forEach(single::putIfAbsent);
      } else if (first.isEmpty()) {
        first = found;
      }
    }
    return single.isEmpty() ? first : List.of(single);
  }

  private static boolean isNull(SqlNode node) {
    return node instanceof SqlLiteral literal && literal.getValue() == null;
  }

  /// @param castTo OID of the type that the value is cast to, 0 when there is no cast
  private Optional<PinnedValue> value(SqlNode node, long castTo) {
    return switch (node) {
      case SqlDynamicParam parameter ->
          Optional.of(
              new PinnedValue.Parameter(
                  parameter.getIndex() + 1,
                  types.type(parameter).stream()
                      .filter(type -> type != 0)
                      .findFirst()
                      .orElse(Math.max(0, castTo))));
      case SqlLiteral literal when literal.getValue() != null && literal.toValue() != null ->
          Optional.of(
              new PinnedValue.Constant(
                  literal.toValue(), literal.getParserPosition().getColumnNum()));
      case Cast cast -> value(cast.value(), resolution.types().of(cast));
      default -> Optional.empty();
    };
  }
}
