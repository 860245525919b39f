package dev.remit.proxy.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks a source for its [SourceFacts], over JDBC. Seven short queries of its catalog; to be
/// repeated whenever the source is scanned.
public final class SourceFactsReader {
  private static final String LEAKPROOF =
      """
      SELECT n.nspname, o.oprname, o.oprleft, o.oprright
      FROM pg_catalog.pg_operator o
      JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode
      JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
      WHERE p.proleakproof AND o.oprleft <> 0 AND o.oprright <> 0
      """;
  private static final String TYPES =
      """
      SELECT t.oid, n.nspname, t.typname, t.typtype::text, t.typbasetype,
        CASE WHEN t.typsubscript = 'pg_catalog.array_subscript_handler'::pg_catalog.regproc
          THEN t.typelem ELSE 0 END
      FROM pg_catalog.pg_type t
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype <> 'c' OR n.nspname <> 'pg_catalog'
      """;
  private static final String SYSTEM_COLUMNS =
      """
      SELECT n.nspname || '.' || c.relname, a.attname, a.atttypid
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname IN ('pg_catalog', 'information_schema')
        AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY 1, a.attnum
      """;
  private static final String EXTENSION_FUNCTIONS =
      """
      SELECT DISTINCT n.nspname, p.proname, argument
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      CROSS JOIN LATERAL pg_catalog.unnest(p.proargtypes) AS argument
      WHERE n.nspname <> 'pg_catalog'
        AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
            AND d.deptype = 'e')
      """;
  private static final String FUNCTION_OWNERS =
      """
      SELECT n.nspname || '.' || p.proname, pg_catalog.min(e.extname)
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.objid = p.oid AND d.deptype = 'e'
      LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
      WHERE n.nspname <> 'pg_catalog'
      GROUP BY 1
      HAVING pg_catalog.count(*) = pg_catalog.count(e.extname)
        AND pg_catalog.min(e.extname) = pg_catalog.max(e.extname)
      """;
  private static final String EXTENSION_OPERATORS =
      """
      SELECT n.nspname, o.oprname, o.oprleft, o.oprright
      FROM pg_catalog.pg_operator o
      JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
      WHERE n.nspname <> 'pg_catalog'
        AND EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND d.objid = o.oid
            AND d.deptype = 'e')
      """;

  /// Functions that one value is enough for, and types that one value can be cast to.
  private static final String ATTRIBUTE_CALLS =
      """
      SELECT p.proname FROM pg_catalog.pg_proc p
      WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
        AND p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1
        AND 'internal'::pg_catalog.regtype <> ALL (p.proargtypes)
      UNION SELECT t.typname FROM pg_catalog.pg_type t
      WHERE t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace AND t.typtype <> 'p'
      """;

  private SourceFactsReader() {}

  /// Reads everything in the connection's current transaction.
  public static SourceFacts read(Connection source) throws SQLException {
    try (Statement statement = source.createStatement()) {
      return new SourceFacts(
          operators(statement, LEAKPROOF),
          types(statement),
          systemColumns(statement),
          functions(statement),
          functionOwners(statement),
          operators(statement, EXTENSION_OPERATORS),
          attributeCalls(statement));
    }
  }

  private static Set<SourceFacts.Operator> operators(Statement statement, String sql)
      throws SQLException {
    Set<SourceFacts.Operator> operators = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        operators.add(
            new SourceFacts.Operator(
                rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
      }
    }
    return operators;
  }

  private static Set<SourceFacts.Overload> functions(Statement statement) throws SQLException {
    Set<SourceFacts.Overload> functions = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(EXTENSION_FUNCTIONS)) {
      while (rows.next()) {
        functions.add(
            new SourceFacts.Overload(rows.getString(1), rows.getString(2), rows.getLong(3)));
      }
    }
    return functions;
  }

  private static Set<String> attributeCalls(Statement statement) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(ATTRIBUTE_CALLS)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static Map<String, String> functionOwners(Statement statement) throws SQLException {
    Map<String, String> owners = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(FUNCTION_OWNERS)) {
      while (rows.next()) {
        owners.put(rows.getString(1), rows.getString(2));
      }
    }
    return owners;
  }

  private static Map<Long, SourceFacts.Type> types(Statement statement) throws SQLException {
    Map<Long, SourceFacts.Type> types = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(TYPES)) {
      while (rows.next()) {
        types.put(
            rows.getLong(1),
            new SourceFacts.Type(
                rows.getString(2),
                rows.getString(3),
                rows.getString(4).charAt(0),
                rows.getLong(5),
                rows.getLong(6)));
      }
    }
    return types;
  }

  private static Map<String, List<SystemColumn>> systemColumns(Statement statement)
      throws SQLException {
    Map<String, List<SystemColumn>> columns = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(SYSTEM_COLUMNS)) {
      while (rows.next()) {
        columns
            .computeIfAbsent(rows.getString(1), absent -> new ArrayList<>())
            .add(new SystemColumn(rows.getString(2), rows.getLong(3)));
      }
    }
    return columns;
  }
}
