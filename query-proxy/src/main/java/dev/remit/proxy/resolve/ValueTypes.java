package dev.remit.proxy.resolve;

import dev.remit.proxy.resolve.Resolution.BoundColumn;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Collation;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Subscript;
import dev.remit.sql.model.expression.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// The type of an expression, as far as it tells a type of an extension from others: columns,
/// casts, and the forms that hand a value on. PostgreSQL types everything else.
public final class ValueTypes {
  /// The expression's type is not known here.
  public static final long UNKNOWN = -1;

  /// A string constant or parameter, which takes the type of what stands beside it.
  public static final long UNTYPED = 0;

  private static final Set<String> HAND_ON =
      Set.of(
          "any_value",
          "array_agg",
          "array_append",
          "array_cat",
          "array_fill",
          "array_prepend",
          "array_remove",
          "array_replace",
          "array_reverse",
          "array_sample",
          "array_shuffle",
          "array_sort",
          "first_value",
          "lag",
          "last_value",
          "lead",
          "max",
          "min",
          "mode",
          "nth_value",
          "percentile_disc",
          "trim_array",
          "unnest",
          "lower",
          "upper",
          "range_merge");

  private final SourceFacts facts;
  private final Map<SqlIdentifier, BoundColumn> columns;

  ValueTypes(SourceFacts facts, Map<SqlIdentifier, BoundColumn> columns) {
    this.facts = facts;
    this.columns = columns;
  }

  /// OID of the type, [#UNTYPED] or [#UNKNOWN].
  public long of(@Nullable SqlNode node) {
    return switch (node) {
      case null -> UNKNOWN;
      case SqlIdentifier identifier -> column(identifier);
      case SqlLiteral literal -> UNTYPED;
      case SqlDynamicParam parameter -> UNTYPED;
      case Cast cast -> of(cast.type());
      case TypeName type -> facts.typeNamed(type.names(), !type.bounds().isEmpty());
      case Collation collation -> of(collation.value());
      case Subscript subscript -> of(subscript.value());
      case Construct construct -> construct(construct);
      case FunctionCall call -> call(call);
      case Query query -> scalar(query);
      default -> UNKNOWN;
    };
  }

  private long column(SqlIdentifier identifier) {
    @Nullable BoundColumn bound = columns.get(identifier);
    return bound == null || bound.typeOid() == 0 ? UNKNOWN : bound.typeOid();
  }

  private long construct(Construct construct) {
    List<SqlNode> operands = construct.getOperandList();
    return switch (construct.form()) {
      case COALESCE, GREATEST, LEAST, ARRAY, ARRAY_ROW -> any(operands);
      case NULLIF, ARRAY_QUERY -> of(operands.get(0));
      case CASE -> {
        long results = any((SqlNodeList) operands.get(2));
        yield results > 0 ? results : of(operands.get(3));
      }
      default -> UNKNOWN;
    };
  }

  private long call(FunctionCall call) {
    String name = call.name().names.get(call.name().names.size() - 1);
    long arguments = any(call.arguments());
    if (HAND_ON.contains(name)) {
      return arguments > 0 ? arguments : any(call.orderBy());
    }
    return UNKNOWN;
  }

  private long scalar(Query query) {
    return query.body() instanceof Select select && select.targets().size() == 1
        ? of(((Target) select.targets().get(0)).expression())
        : UNKNOWN;
  }

  /// An extension's type if one is among them, else the first that is known.
  private long any(Iterable<? extends @Nullable SqlNode> nodes) {
    long found = UNKNOWN;
    for (@Nullable SqlNode node : nodes) {
      long type = of(node);
      if (type > 0 && facts.extensionType(type).isPresent()) {
        return type;
      }
      found = found > 0 ? found : type;
    }
    return found;
  }
}
