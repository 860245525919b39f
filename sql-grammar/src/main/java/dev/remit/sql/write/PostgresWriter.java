package dev.remit.sql.write;

import dev.remit.sql.model.text.WrittenSql;
import org.apache.calcite.sql.SqlNode;

/// Writes one statement or one expression.
public final class PostgresWriter {
  private PostgresWriter() {}

  /// @param node a statement, an expression or a type name
  public static WrittenSql write(SqlNode node) {
    Output output = new Output();
    new CommandWriter(output, new QueryWriter(output)).statement(node);
    return output.finish();
  }
}
