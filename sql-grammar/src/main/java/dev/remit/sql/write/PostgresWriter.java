package dev.remit.sql.write;

import dev.remit.sql.WrittenSql;
import dev.remit.sql.model.Query;
import org.apache.calcite.sql.SqlNode;

/// Writes one statement or one expression.
public final class PostgresWriter {
  private PostgresWriter() {}

  /// @param node a statement, an expression or a type name
  public static WrittenSql write(SqlNode node) {
    Output output = new Output();
    QueryWriter queries = new QueryWriter(output);
    if (node instanceof Query query) {
      queries.write(query);
    } else {
      queries.expressions().write(node);
    }
    return output.finish();
  }
}
