package dev.remit.proxy.plan;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.catalog.model.TableDeclaration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A small stand-in for the catalog's scan: just enough to plan statements against a test database.
final class Introspection {
  private static final String RELATIONS =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind::text,
        (SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = c.oid LIMIT 1),
        CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END,
        (SELECT string_agg(k::text, ',' ORDER BY o) FROM pg_constraint p,
           unnest(p.conkey) WITH ORDINALITY AS u(k, o)
         WHERE p.conrelid = c.oid AND p.contype = 'p')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema'
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      """;
  private static final String COLUMNS =
      """
      SELECT a.attrelid, a.attnum, a.attname, a.atttypid, n.nspname, t.typname, a.atttypmod,
        format_type(a.atttypid, a.atttypmod), t.typcategory::text, NOT a.attnotnull,
        a.attgenerated <> ''
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum
      """;

  private Introspection() {}

  /// @param subjectKeys columns of the subject key by `schema.name`
  static Source scan(Connection database, SourceName name, Map<String, List<String>> subjectKeys)
      throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("SET search_path = pg_catalog");
      Map<Long, List<Column>> columns = columns(statement);
      Map<Long, Relation> relations = new HashMap<>();
      try (ResultSet rows = statement.executeQuery(RELATIONS)) {
        while (rows.next()) {
          Relation relation = relation(rows, columns, subjectKeys);
          relations.put(relation.oid(), relation);
        }
      }
      return new Source(name, Source.State.READY, relations, 1);
    }
  }

  private static Relation relation(
      ResultSet row, Map<Long, List<Column>> columns, Map<String, List<String>> subjectKeys)
      throws SQLException {
    String qualified = row.getString(2) + "." + row.getString(3);
    long parent = row.getLong(5);
    String key = row.getString(7);
    List<Integer> primaryKey = new ArrayList<>();
    if (key != null) {
      for (String number : key.split(",")) {
        primaryKey.add(Integer.valueOf(number));
      }
    }
    return new Relation(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        kind(row.getString(4)),
        columns.getOrDefault(row.getLong(1), List.of()),
        primaryKey,
        List.of(),
        parent == 0 ? OptionalLong.empty() : OptionalLong.of(parent),
        Optional.ofNullable(row.getString(6)),
        Optional.empty(),
        new TableDeclaration(
            Optional.empty(),
            subjectKeys.getOrDefault(qualified, List.of()),
            Optional.empty(),
            Optional.empty()),
        "fingerprint");
  }

  private static Relation.Kind kind(String letter) {
    return switch (letter) {
      case "p" -> Relation.Kind.PARTITIONED_TABLE;
      case "v" -> Relation.Kind.VIEW;
      case "m" -> Relation.Kind.MATERIALIZED_VIEW;
      case "f" -> Relation.Kind.FOREIGN_TABLE;
      default -> Relation.Kind.TABLE;
    };
  }

  private static Map<Long, List<Column>> columns(Statement statement) throws SQLException {
    Map<Long, List<Column>> columns = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns
            .computeIfAbsent(rows.getLong(1), absent -> new ArrayList<>())
            .add(
                new Column(
                    rows.getInt(2),
                    rows.getString(3),
                    new ColumnType(
                        rows.getLong(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getInt(7),
                        rows.getString(8),
                        rows.getString(9).charAt(0)),
                    rows.getBoolean(10),
                    rows.getBoolean(11),
                    Optional.empty(),
                    List.of()));
      }
    }
    return columns;
  }
}
