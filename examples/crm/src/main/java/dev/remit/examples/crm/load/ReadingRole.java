package dev.remit.examples.crm.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/// The role under which Remit reads the sample: it can log in, use schema `public` and select, and
/// nothing else. It owns nothing.
public final class ReadingRole {
  private final String name;

  /// @param name as PostgreSQL stores it; quoted where it is written
  public ReadingRole(String name) {
    this.name = name;
  }

  /// Creates the role with its password, or takes the one of that name (roles belong to the server,
  /// not to a database), which keeps its password and is stripped of what it must not have. The
  /// password leaves this process as SCRAM verifier only, so that no server log can hold it.
  public void grantOn(Connection connection, String password) throws SQLException {
    if (!holds(connection, "true")) {
      execute(connection, "create role %1$I login");
      execute(connection, "alter role %1$I set default_transaction_read_only = on");
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(name, password.toCharArray(), "scram-sha-256");
    } else if (holds(
        connection, "rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls")) {
      execute(
          connection,
          "alter role %1$I nosuperuser nocreatedb nocreaterole noreplication nobypassrls");
    }
    execute(connection, "revoke all on database %2$I from public");
    execute(connection, "grant connect on database %2$I to %1$I");
    execute(connection, "grant usage on schema public to %1$I");
    execute(connection, "grant select on all tables in schema public to %1$I");
  }

  /// Whether the role exists and the condition on its row of `pg_roles` is true.
  private boolean holds(Connection connection, String condition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select from pg_catalog.pg_roles where rolname = ? and (" + condition + ")")) {
      statement.setString(1, name);
      try (ResultSet found = statement.executeQuery()) {
        return found.next();
      }
    }
  }

  /// `%1$I` stands for the role and `%2$I` for the current database; PostgreSQL itself quotes them.
  private void execute(Connection connection, String template) throws SQLException {
    try (PreparedStatement quoting =
            connection.prepareStatement("select format(?, ?, current_database())");
        Statement statement = connection.createStatement()) {
      quoting.setString(1, template);
      quoting.setString(2, name);
      try (ResultSet quoted = quoting.executeQuery()) {
        quoted.next();
        statement.execute(quoted.getString(1));
      }
    }
  }
}
