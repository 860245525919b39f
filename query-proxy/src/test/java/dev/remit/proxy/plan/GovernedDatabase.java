package dev.remit.proxy.plan;

import dev.remit.catalog.model.CatalogSnapshot;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.testing.TestPostgres;
import dev.remit.policy.model.Principal;
import dev.remit.proxy.model.GovernedQuery;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.StatementContext;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.source.SourceFactsReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A test database with a planner over it, and a connection that runs what the planner emits as the
/// session would: search path pg_catalog, parameters bound.
final class GovernedDatabase implements AutoCloseable {
  static final PurposeCode ANALYTICS = new PurposeCode("analytics");

  /// A result ends after one row more.
  static final int MAXIMUM_ROWS = 5000;

  private static final SourceName SHOP = new SourceName("shop");

  final TableRules rules = new TableRules();
  final AtomicLong epoch = new AtomicLong(1);
  private final Connection connection;
  private final Planner planner;
  private Optional<PurposeCode> purpose = Optional.of(ANALYTICS);

  GovernedDatabase(String ddl, Map<String, List<String>> subjectKeys) {
    try {
      TestPostgres.Address address = TestPostgres.createDatabase();
      address.execute(ddl);
      connection = address.connect();
      execute("SET statement_timeout = '500ms'");
      Source source = Introspection.scan(connection, SHOP, subjectKeys);
      SourceFacts facts = SourceFactsReader.read(connection);
      CatalogSnapshot snapshot = new CatalogSnapshot(1, Map.of(SHOP, source), Map.of());
      planner =
          new Planner(
              () -> snapshot, rules, epoch::get, name -> facts, principal -> List.of(ANALYTICS));
    } catch (SQLException failure) {
      throw new IllegalStateException("could not prepare the database", failure);
    }
  }

  /// Statements from now on declare this purpose, or none.
  void declare(Optional<PurposeCode> declared) {
    purpose = declared;
  }

  Planner planner() {
    return planner;
  }

  StatementContext context(Long... parameterTypes) {
    return new StatementContext(
        new Principal("ann", Set.of(), Set.of(), Map.of()),
        SHOP,
        purpose,
        List.of("public"),
        List.of(parameterTypes));
  }

  PlannedStatement plan(String sql) {
    return planner.plan(context(), sql);
  }

  GovernedQuery query(String sql) {
    PlannedStatement.Query planned = (PlannedStatement.Query) plan(sql);
    return planned.query();
  }

  /// Labels first, then rows, values in text.
  List<List<String>> governed(String sql, String... parameters) {
    return run(query(sql), parameters);
  }

  List<List<String>> run(GovernedQuery query, String... parameters) {
    return run("EXECUTE governed", query, parameters);
  }

  /// The source's plan, as text.
  String explain(GovernedQuery query, String... parameters) {
    return run("EXPLAIN EXECUTE governed", query, parameters).toString();
  }

  private List<List<String>> run(String execute, GovernedQuery query, String... parameters) {
    List<String> arguments = new ArrayList<>();
    for (String parameter : parameters) {
      arguments.add(quoted(parameter));
    }
    query.policyValues().forEach(value -> arguments.add(quoted(value.text())));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_catalog");
      statement.execute("PREPARE governed AS " + query.sql());
      try {
        return rows(
            statement.executeQuery(
                execute + (arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")")));
      } finally {
        statement.execute("DEALLOCATE governed");
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(query.sql(), failure);
    }
  }

  /// The statement as the source itself answers it.
  List<List<String>> raw(String searchPath, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = " + searchPath);
      statement.setMaxRows(MAXIMUM_ROWS + 1);
      return rows(statement.executeQuery(sql));
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  private static List<List<String>> rows(ResultSet result) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    ResultSetMetaData labels = result.getMetaData();
    String[] row = new String[labels.getColumnCount()];
    for (int i = 0; i < row.length; i++) {
      row[i] = labels.getColumnLabel(i + 1);
    }
    rows.add(Arrays.asList(row.clone()));
    while (result.next() && rows.size() <= MAXIMUM_ROWS) {
      for (int i = 0; i < row.length; i++) {
        row[i] = String.valueOf(result.getString(i + 1));
      }
      rows.add(Arrays.asList(row.clone()));
    }
    return rows;
  }

  private static String quoted(String value) {
    return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
