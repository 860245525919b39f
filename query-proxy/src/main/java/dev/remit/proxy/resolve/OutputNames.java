package dev.remit.proxy.resolve;

import dev.remit.sql.model.Target;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/// The name PostgreSQL gives a result column that has no label (`FigureColname` in
/// `parse_target.c`), as far as it is certain. Where it is not, the name is empty: then a reference
/// that nothing else explains is left to PostgreSQL.
final class OutputNames {
  private OutputNames() {}

  static String of(Target target) {
    return target.label().orElseGet(() -> implied(target.expression()));
  }

  private static String implied(SqlNode expression) {
    return expression instanceof SqlIdentifier identifier
        ? identifier.names.get(identifier.names.size() - 1)
        : "";
  }
}
