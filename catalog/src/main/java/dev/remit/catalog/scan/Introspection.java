package dev.remit.catalog.scan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Relation.Kind;
import dev.remit.catalog.model.Relation.Reference;
import dev.remit.catalog.model.Source.UserType;
import dev.remit.catalog.model.TableDeclaration;
import dev.remit.catalog.source.FingerprintQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the structure of one source with seven set-based statements, whatever its size.
///
/// Seen is what the source's role may read: relations with at least one readable column in a schema
/// it may use, and of those the readable columns. The connection's `search_path` must be
/// `pg_catalog` alone, so that view texts and type names come out qualified.
final class Introspection {
  private final Connection connection;
  private final List<String> problems = new ArrayList<>();

  Introspection(Connection connection) {
    this.connection = connection;
  }

  /// Structure without tags and declarations, ordered by schema and name.
  ScannedStructure read() throws SQLException {
    List<Head> heads = heads();
    Map<Long, List<Column>> columns = columns();
    Map<Long, List<Integer>> primaryKeys = new HashMap<>();
    Map<Long, List<Reference>> references = new HashMap<>();
    readConstraints(primaryKeys, references);
    Map<Long, String> fingerprints =
        FingerprintQuery.read(connection, heads.stream().map(Head::oid).toList());
    Map<Long, Relation> relations = new LinkedHashMap<>();
    for (Head head : heads) {
      String fingerprint = fingerprints.get(head.oid());
      List<Column> ofRelation = columns.get(head.oid());
      if (ofRelation == null) {
        problems.add(
            "%s.%s has no columns and stays invisible; scan again when it has some"
                .formatted(head.schema(), head.name()));
      }
      if (fingerprint != null && ofRelation != null) {
        relations.put(
            head.oid(),
            new Relation(
                head.oid(),
                head.schema(),
                head.name(),
                head.kind(),
                ofRelation,
                primaryKeys.getOrDefault(head.oid(), List.of()),
                references.getOrDefault(head.oid(), List.of()),
                head.parent(),
                head.viewDefinition(),
                head.comment(),
                TableDeclaration.NONE,
                fingerprint));
      }
    }
    reportUnreadable();
    return new ScannedStructure(schemas(), types(), relations, problems);
  }

  private record Head(
      long oid,
      String schema,
      String name,
      Kind kind,
      Optional<String> comment,
      Optional<String> viewDefinition,
      OptionalLong parent) {}

  private List<Head> heads() throws SQLException {
    return rows(
            ScanQueries.RELATIONS,
            row -> {
              Long[] parents = longs(row, "parents");
              if (parents.length > 1) {
                problems.add(
                    "%s.%s inherits from several tables, whose rules could contradict each other;"
                            .formatted(row.getString("schema"), row.getString("name"))
                        + " it stays invisible (its rows show through its parents)");
                return Optional.<Head>empty();
              }
              return Optional.of(
                  new Head(
                      row.getLong("oid"),
                      row.getString("schema"),
                      row.getString("name"),
                      kind(row.getString("kind")),
                      text(row, "comment"),
                      text(row, "definition"),
                      parents.length == 0 ? OptionalLong.empty() : OptionalLong.of(parents[0])));
            })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Kind kind(String code) {
    return switch (code) {
      case "r" -> Kind.TABLE;
      case "p" -> Kind.PARTITIONED_TABLE;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "f" -> Kind.FOREIGN_TABLE;
      default -> throw new IllegalStateException("relkind " + code + " was not asked for");
    };
  }

  private Map<Long, List<Column>> columns() throws SQLException {
    Map<Long, List<Column>> columns = new HashMap<>();
    rows(
        ScanQueries.COLUMNS,
        row ->
            columns
                .computeIfAbsent(row.getLong("relation"), oid -> new ArrayList<>())
                .add(
                    new Column(
                        row.getInt("number"),
                        row.getString("name"),
                        new ColumnType(
                            row.getLong("type_oid"),
                            row.getString("type_schema"),
                            row.getString("type_name"),
                            row.getInt("modifier"),
                            row.getString("formatted"),
                            row.getString("category").charAt(0)),
                        row.getBoolean("nullable"),
                        row.getBoolean("generated"),
                        text(row, "comment"),
                        List.of())));
    return columns;
  }

  private void readConstraints(
      Map<Long, List<Integer>> primaryKeys, Map<Long, List<Reference>> references)
      throws SQLException {
    rows(
        ScanQueries.CONSTRAINTS,
        row -> {
          List<Integer> columns = numbers(row, "columns");
          if (row.getString("kind").equals("p")) {
            return primaryKeys.put(row.getLong("relation"), columns);
          }
          return references
              .computeIfAbsent(row.getLong("relation"), oid -> new ArrayList<>())
              .add(
                  new Reference(
                      row.getString("name"),
                      columns,
                      row.getLong("referenced"),
                      numbers(row, "referenced_columns")));
        });
  }

  private List<String> schemas() throws SQLException {
    return rows(ScanQueries.SCHEMAS, row -> row.getString("name"));
  }

  private List<UserType> types() throws SQLException {
    return rows(
        ScanQueries.TYPES,
        row ->
            new UserType(
                row.getLong("oid"),
                row.getString("schema"),
                row.getString("name"),
                row.getString("kind").charAt(0),
                row.getString("category").charAt(0),
                oid(row, "base"),
                oid(row, "element"),
                List.of((String[]) row.getArray("labels").getArray())));
  }

  private void reportUnreadable() throws SQLException {
    problems.addAll(rows(ScanQueries.UNREADABLE, row -> row.getString("problem")));
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(String sql, RowReader<T> reader) throws SQLException {
    List<T> values = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(reader.read(rows));
      }
    }
    return values;
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static OptionalLong oid(ResultSet row, String column) throws SQLException {
    long oid = row.getLong(column);
    return oid == 0 ? OptionalLong.empty() : OptionalLong.of(oid);
  }

  private static Long[] longs(ResultSet row, String column) throws SQLException {
    return (Long[]) row.getArray(column).getArray();
  }

  private static List<Integer> numbers(ResultSet row, String column) throws SQLException {
    return List.of((Integer[]) row.getArray(column).getArray());
  }
}
