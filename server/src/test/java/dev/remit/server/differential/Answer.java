package dev.remit.server.differential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a client sees of one query: labels and types of the columns, rows as multiset, or the
/// SQLSTATE.
record Answer(List<String> columns, List<String> rows, String sqlState) {

  /// Asks by the simple or the extended protocol, as the connection is set up.
  static Answer of(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return of(rows);
    } catch (SQLException failure) {
      return failed(failure);
    }
  }

  /// Asks by a prepared statement without parameters.
  static Answer ofPrepared(Connection connection, String query) {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      return of(rows);
    } catch (SQLException failure) {
      return failed(failure);
    }
  }

  private static Answer failed(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    return new Answer(List.of(), List.of(), state == null ? failure.toString() : state);
  }

  private static Answer of(ResultSet rows) throws SQLException {
    ResultSetMetaData data = rows.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(
          data.getColumnLabel(i)
              + " "
              + data.getColumnTypeName(i)
              + " "
              + data.getPrecision(i)
              + " "
              + data.getScale(i));
    }
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        line.append(rows.getString(i)).append('\u0001');
      }
      lines.add(line.toString());
    }
    Collections.sort(lines);
    return new Answer(columns, lines, "00000");
  }
}
