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
import org.postgresql.util.PSQLException;

/// All that a client sees of one query: labels and types of the columns and rows, or the SQLSTATE
/// and the place of the error in the text.
record Answer(List<String> columns, List<String> rows, String sqlState, int position) {

  /// Asks by the simple or the extended protocol, as the connection is set up.
  static Answer of(Connection connection, String query) {
    try (Statement statement = connection.createStatement()) {
      // PostgreSQL may answer a query without columns with no result set at all.
      return statement.execute(query) ? of(statement.getResultSet()) : empty();
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

  /// The same with its rows as a multiset.
  Answer unordered() {
    List<String> sorted = new ArrayList<>(rows);
    Collections.sort(sorted);
    return new Answer(columns, sorted, sqlState, position);
  }

  private static Answer empty() {
    return new Answer(List.of(), List.of(), "00000", 0);
  }

  private static Answer failed(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    int position =
        failure instanceof PSQLException server && server.getServerErrorMessage() != null
            ? server.getServerErrorMessage().getPosition()
            : 0;
    return new Answer(List.of(), List.of(), state == null ? failure.toString() : state, position);
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
    return new Answer(columns, lines, "00000", 0);
  }
}
