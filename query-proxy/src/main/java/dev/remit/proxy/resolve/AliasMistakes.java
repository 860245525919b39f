package dev.remit.proxy.resolve;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.model.CommonTable;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.worded.Worded;
import org.apache.calcite.sql.SqlNode;

/// What PostgreSQL says of an alias that names more columns than there are (`parse_relation.c`).
final class AliasMistakes {
  private AliasMistakes() {}

  static RemitException tooLong(SqlNode item, int available, int specified) {
    String counts = " has " + available + " columns available but " + specified;
    String message = subject(item) + counts + " columns specified";
    return item instanceof CommonTable
        ? Refusal.at(item, ErrorCode.INVALID_COLUMN_REFERENCE, message)
        : new RemitException(ErrorCode.INVALID_COLUMN_REFERENCE, message);
  }

  private static String subject(SqlNode item) {
    return switch (item) {
      case CommonTable table -> "WITH query \"" + table.name() + "\"";
      case FromItem.Join join -> "join expression \"" + name(join) + "\"";
      case FromItem.Functions functions when table(functions) instanceof Worded worded ->
          worded.form() + " function";
      case FromItem other -> "table \"" + name(other) + "\"";
      default -> "table";
    };
  }

  private static SqlNode table(FromItem.Functions functions) {
    return ((FromItem.FunctionSource) functions.sources().get(0)).call();
  }

  private static String name(FromItem item) {
    return item.alias().map(FromItem.Alias::name).orElse("");
  }
}
