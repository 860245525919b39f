package dev.remit.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL makes of a text: labels, types and rows, or the error's SQLSTATE and position.
///
/// @param state empty when there was no error
/// @param position 1-based; 0 when the error has none
/// @param shown labels with types and rows, or the error's message
record Outcome(String state, int position, String shown) {

  /// Sends the text as it is, in PostgreSQL's simple protocol.
  static Outcome of(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return new Outcome("", 0, shown(rows));
      }
    } catch (PSQLException refused) {
      ServerErrorMessage message = refused.getServerErrorMessage();
      if (message == null) {
        throw refused;
      }
      return new Outcome(
          String.valueOf(refused.getSQLState()),
          message.getPosition(),
          String.valueOf(message.getMessage()));
    }
  }

  private static String shown(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    StringBuilder shown = new StringBuilder();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      shown.append(columns.getColumnLabel(i)).append(':').append(columns.getColumnTypeName(i));
      shown.append('(').append(columns.getPrecision(i)).append(',').append(columns.getScale(i));
      shown.append(")|");
    }
    while (rows.next()) {
      shown.append('\n');
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        shown.append(rows.getString(i)).append('|');
      }
    }
    return shown.toString();
  }

  boolean failed() {
    return !state.isEmpty();
  }
}
