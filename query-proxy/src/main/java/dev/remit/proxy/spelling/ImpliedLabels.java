package dev.remit.proxy.spelling;

import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.SetOperation;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.ValuesRows;
import dev.remit.sql.model.expression.Cast;
import dev.remit.sql.model.expression.Collation;
import dev.remit.sql.model.expression.Construct;
import dev.remit.sql.model.expression.FieldAccess;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.Subscript;
import dev.remit.sql.model.worded.Worded;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/// The label PostgreSQL gives a result column that has none in the text (`FigureColname` in
/// `parse_target.c`), for columns whose expression is replaced.
public final class ImpliedLabels {
  private static final String NONE = "?column?";

  /// @param strong whether it wins over the name of a type that it is cast to
  private record Label(String text, boolean strong) {}

  private ImpliedLabels() {}

  /// The label of a result column without AS.
  public static String of(SqlNode expression) {
    return figured(expression).map(Label::text).orElse(NONE);
  }

  private static Optional<Label> figured(SqlNode node) {
    return switch (node) {
      case SqlIdentifier identifier -> strong(last(identifier.names));
      case FunctionCall call -> strong(last(call.name().names));
      case Worded call -> strong(call.form().label());
      case FieldAccess access -> strong(access.field());
      case Subscript subscript -> figured(subscript.getOperandList().get(0));
      case Collation collation -> figured(collation.getOperandList().get(0));
      case Cast cast ->
          figured(cast.value())
              .filter(Label::strong)
              .or(() -> Optional.of(new Label(last(cast.type().names()), false)));
      case Construct construct -> construct(construct);
      case Query query -> subquery(query);
      default -> Optional.empty();
    };
  }

  private static Optional<Label> construct(Construct construct) {
    return switch (construct.form()) {
      case SPECIAL_VALUE -> strong(construct.modifier().replaceAll("\\(.*", "").trim());
      case CASE -> {
        List<SqlNode> operands = construct.getOperandList();
        @Nullable SqlNode otherwise = operands.get(operands.size() - 1);
        yield Optional.ofNullable(otherwise)
            .flatMap(ImpliedLabels::figured)
            .filter(Label::strong)
            .or(() -> Optional.of(new Label("case", false)));
      }
      case COALESCE, GREATEST, LEAST, NULLIF, EXISTS, ARRAY, ROW, GROUPING ->
          strong(construct.form().name().toLowerCase(Locale.ROOT));
      case ARRAY_QUERY -> strong("array");
      case IMPLICIT_ROW -> strong("row");
      default -> Optional.empty();
    };
  }

  /// The label of the query's column, which is one by then.
  private static Optional<Label> subquery(SqlNode body) {
    return switch (body) {
      case Query query -> subquery(query.body());
      case SetOperation operation -> subquery(operation.left());
      case ValuesRows values -> strong("column1");
      case Select select when select.targets().size() > 0 -> {
        Target target = (Target) select.targets().get(0);
        yield strong(target.label().orElseGet(() -> of(target.expression())));
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Label> strong(String text) {
    return Optional.of(new Label(text, true));
  }

  private static String last(List<String> names) {
    return names.get(names.size() - 1);
  }
}
