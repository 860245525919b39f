package dev.remit.proxy.spelling;

import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.worded.Worded;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// `FROM current_schema()`: a function whose guarded form is an expression becomes a subquery of
/// one row and one column, with the names that PostgreSQL would give.
public final class OneValueSources {
  private OneValueSources() {}

  /// The name that the item has without an alias.
  public static String name(FromItem.Functions item) {
    return ImpliedLabels.of(((FromItem.FunctionSource) item.sources().get(0)).call());
  }

  private static boolean isTable(SqlNode call) {
    return call instanceof Worded worded && worded.form().isTable();
  }

  /// The item as it is, unless its function has become an expression.
  ///
  /// @param name what [#name] gave before
  public static SqlNode asSubquery(FromItem.Functions item, String name) {
    boolean calls =
        item.sources().stream()
            .map(source -> ((FromItem.FunctionSource) source).call())
            .allMatch(call -> call instanceof FunctionCall || isTable(call));
    if (calls) {
      return item;
    }
    FromItem.Alias alias = item.alias().orElseGet(() -> FromItem.Alias.of(name));
    FromItem.FunctionSource source = (FromItem.FunctionSource) item.sources().get(0);
    if (item.sources().size() > 1
        || item.ordinality()
        || alias.columns().size() > 1
        || !source.columnDefinitions().isEmpty()) {
      throw Refusal.notSupported(item, "this function in a FROM clause");
    }
    SqlParserPos position = item.getParserPosition();
    String column = alias.columns().isEmpty() ? alias.name() : alias.columns().get(0);
    SqlNodeList targets = new SqlNodeList(position);
    targets.add(new Target(position, source.call(), column));
    Select select =
        new Select(
            position, Select.Quantity.ALL, null, targets, null, null, false, null, null, null);
    return new FromItem.Subquery(
        position,
        item.lateral(),
        new Query(position, false, null, select, null, null, null, false, List.of()),
        new FromItem.Alias(alias.name(), List.of()));
  }
}
