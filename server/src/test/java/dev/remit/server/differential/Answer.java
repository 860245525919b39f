package dev.remit.server.differential;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// All that the wire brings for one query: labels, type OIDs and modifiers of the columns, the
/// bytes of the rows, or the SQLSTATE and the place of the error in the text.
record Answer(List<String> columns, List<String> rows, String sqlState, int position) {
  private static final int SIMPLE =
      QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE;

  /// Collects what the driver reads, before it makes objects of it.
  private static final class Collector extends ResultHandlerBase {
    private final List<String> columns = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> tuples, @Nullable ResultCursor cursor) {
      for (Field field : fields) {
        columns.add(field.getColumnLabel() + " " + field.getOID() + " " + field.getMod());
      }
      for (Tuple tuple : tuples) {
        rows.add(row(tuple));
      }
    }

    private static String row(Tuple tuple) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < tuple.fieldCount(); i++) {
        byte @Nullable [] value = tuple.get(i);
        // Latin-1 keeps every byte.
        line.append(value == null ? "NULL" : "=" + new String(value, StandardCharsets.ISO_8859_1))
            .append('|');
      }
      return line.toString();
    }
  }

  /// Asks by the simple protocol.
  static Answer of(Connection connection, String query) {
    return asked(connection, query, SIMPLE);
  }

  /// Asks by Parse, Bind, Describe and Execute, values in text.
  static Answer ofPrepared(Connection connection, String query) {
    return asked(connection, query, QueryExecutor.QUERY_ONESHOT);
  }

  private static Answer asked(Connection connection, String text, int flags) {
    Collector collector = new Collector();
    try {
      QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
      Query query = executor.createQuery(text, false, false).query;
      executor.execute(
          query,
          null,
          collector,
          0,
          0,
          flags | QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_BINARY_TRANSFER);
      return new Answer(collector.columns, collector.rows, "00000", 0);
    } catch (SQLException failure) {
      return failed(failure);
    }
  }

  private static Answer failed(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    @Nullable ServerErrorMessage message =
        failure instanceof PSQLException server ? server.getServerErrorMessage() : null;
    return new Answer(
        List.of(),
        List.of(),
        state == null ? failure.toString() : state,
        message == null ? 0 : message.getPosition());
  }

  /// Whether both are the same to a client; rows without ORDER BY as multisets.
  boolean sameAs(Answer other, String query) {
    return query.toLowerCase(Locale.ROOT).contains("order by")
        ? equals(other)
        : unordered().equals(other.unordered());
  }

  /// The same, wherever its error stands.
  Answer withoutPosition() {
    return new Answer(columns, rows, sqlState, 0);
  }

  /// The same with its rows as a multiset.
  Answer unordered() {
    List<String> sorted = new ArrayList<>(rows);
    Collections.sort(sorted);
    return new Answer(columns, sorted, sqlState, position);
  }
}
