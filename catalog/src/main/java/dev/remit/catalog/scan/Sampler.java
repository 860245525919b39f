package dev.remit.catalog.scan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes a few values of each column, as text, for the classifier and nobody else.
///
/// One statement per relation, bounded in rows, characters and time. Not sampled: views and foreign
/// tables (reading them may cost anything), partitions (their parent speaks for them), and types
/// that cannot hold what the classifier looks for.
///
/// @param rows at most this many rows per relation
/// @param characters values are cut to this length
/// @param timeout bound of each sampling statement
public record Sampler(int rows, int characters, Duration timeout) {
  private static final Set<String> OPAQUE = Set.of("bytea", "uuid", "tsvector", "tsquery");

  /// Samples by attribute number; a column without a sampled value has an empty list or no entry.
  Map<Integer, List<String>> sample(Connection connection, Relation relation) throws SQLException {
    List<Column> columns = sampled(relation);
    Map<Integer, List<String>> samples = new HashMap<>();
    if (columns.isEmpty()) {
      return samples;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query(relation, columns))) {
      while (rows.next()) {
        for (int i = 0; i < columns.size(); i++) {
          String value = rows.getString(i + 1);
          if (value != null) {
            samples
                .computeIfAbsent(columns.get(i).number(), number -> new ArrayList<>())
                .add(value);
          }
        }
      }
    }
    return samples;
  }

  private static List<Column> sampled(Relation relation) {
    return switch (relation.kind()) {
      case VIEW, FOREIGN_TABLE -> List.of();
      case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW ->
          relation.partitionOf().isPresent()
              ? List.of()
              : relation.columns().stream().filter(Sampler::worthSampling).toList();
    };
  }

  private static boolean worthSampling(Column column) {
    return switch (column.type().category()) {
      case 'S', 'N', 'I', 'D', 'A' -> true;
      case 'U' -> !OPAQUE.contains(column.type().name());
      default -> false;
    };
  }

  private String query(Relation relation, List<Column> columns) {
    StringBuilder sql = new StringBuilder("select ");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(i == 0 ? "" : ", ")
          .append("pg_catalog.left(")
          .append(quoted(columns.get(i).name()))
          .append("::pg_catalog.text, ")
          .append(characters)
          .append(')');
    }
    return sql.append(" from ")
        .append(quoted(relation.schema()))
        .append('.')
        .append(quoted(relation.name()))
        .append(" limit ")
        .append(rows)
        .toString();
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
