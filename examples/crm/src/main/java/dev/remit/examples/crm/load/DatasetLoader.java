package dev.remit.examples.crm.load;

import dev.remit.examples.crm.rows.Dataset;
import dev.remit.examples.crm.rows.RowWriter;
import dev.remit.examples.crm.rows.Table;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/// Writes a dataset into the empty schema `public` of the connected database. The caller owns the
/// connection, its transaction and the commit.
public final class DatasetLoader {
  private static final int COPY_BUFFER_BYTES = 1 << 16;

  private final Connection connection;

  /// @param connection without auto-commit, as a user who may create types, tables and roles
  public DatasetLoader(Connection connection) {
    this.connection = connection;
  }

  /// Creates the tables, fills them, then adds keys and statistics.
  ///
  /// @param schemaSql run before the rows
  /// @param keysSql run after the rows
  /// @return the number of rows written
  public long load(Dataset dataset, String schemaSql, String keysSql)
      throws SQLException, IOException {
    refuseUnlessEmpty();
    execute(schemaSql);
    long rows = 0;
    for (Table table : dataset.tables()) {
      rows += copy(table);
    }
    execute(keysSql);
    execute("analyze");
    return rows;
  }

  private long copy(Table table) throws SQLException, IOException {
    String sql = "copy " + table.name() + " (" + table.columns() + ") from stdin";
    try (PGCopyOutputStream copy =
        new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql, COPY_BUFFER_BYTES)) {
      RowWriter writer = new RowWriter(copy);
      table.rows().writeTo(writer);
      writer.flush();
      return writer.rows();
    }
  }

  private void refuseUnlessEmpty() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select count(*) from pg_catalog.pg_class"
                    + " where relnamespace = 'public'::regnamespace")) {
      found.next();
      if (found.getLong(1) > 0) {
        throw new RemitException(
            ErrorCode.CONFLICT,
            "the sample CRM is loaded into an empty database only, and schema public of this one"
                + " is not; create another database");
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
