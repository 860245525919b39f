package dev.remit.catalog.scan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Tag;
import dev.remit.catalog.source.FingerprintQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One look at a source: structure, samples, suggested tags.
///
/// The structure is read in one REPEATABLE READ transaction; PostgreSQL's own catalog functions see
/// newer states inside it, so the fingerprints are read a second time at the end, and a relation
/// that changed meanwhile is left out and named, to be seen by the next scan.
///
/// @param sampler bounds of sampling
public record SourceScan(Sampler sampler, ColumnClassifier classifier) {

  /// @param connection read-only, `search_path` is `pg_catalog`, in auto-commit; used by this call
  ///   alone
  public ScannedStructure run(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    ScannedStructure structure = new Introspection(connection).read();
    connection.commit();
    connection.setAutoCommit(true);
    List<String> problems = new ArrayList<>(structure.problems());
    Map<Long, Relation> classified = new LinkedHashMap<>();
    String bound = statementTimeout(connection);
    setStatementTimeout(connection, sampler.timeout().toMillis() + "ms");
    for (Relation relation : structure.relations().values()) {
      classified.put(relation.oid(), classified(connection, relation, problems));
    }
    setStatementTimeout(connection, bound);
    Map<Long, String> fingerprints = FingerprintQuery.read(connection, classified.keySet());
    classified.values().removeIf(relation -> changed(relation, fingerprints, problems));
    return new ScannedStructure(structure.schemas(), structure.types(), classified, problems);
  }

  private static String statementTimeout(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show statement_timeout")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void setStatementTimeout(Connection connection, String bound) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout to '" + bound + "'");
    }
  }

  private Relation classified(Connection connection, Relation relation, List<String> problems)
      throws SQLException {
    Map<Integer, List<String>> samples = Map.of();
    try {
      samples = sampler.sample(connection, relation);
    } catch (SQLException failure) {
      if (connection.isClosed()) {
        throw failure;
      }
      problems.add(
          "%s was classified without samples: its values could not be read (SQLSTATE %s)"
              .formatted(relation.qualifiedName(), failure.getSQLState()));
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : relation.columns()) {
      List<Tag> tags =
          classifier.classify(
              relation.schema(),
              relation.name(),
              column.name(),
              column.type(),
              column.comment().orElse(""),
              samples.getOrDefault(column.number(), List.of()));
      columns.add(column.withTags(tags));
    }
    return relation.withColumns(columns);
  }

  private static boolean changed(
      Relation relation, Map<Long, String> fingerprints, List<String> problems) {
    boolean changed = !relation.fingerprint().equals(fingerprints.get(relation.oid()));
    if (changed) {
      problems.add(
          relation.qualifiedName() + " changed while it was scanned; scan again to see it");
    }
    return changed;
  }
}
