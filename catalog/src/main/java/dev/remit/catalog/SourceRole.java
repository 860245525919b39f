package dev.remit.catalog;

import dev.remit.catalog.source.RoleCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The check that a source's role can only read, for whoever connects to a source.
public final class SourceRole {
  /// No parameters; rows of `(problem text)`, at most twenty, none when the role can only read.
  public static final String PROBLEMS_SQL = RoleCheck.SQL;

  private SourceRole() {}

  /// What is wrong with the role of this connection; empty when it can only read.
  public static List<String> problems(Connection connection) throws SQLException {
    return RoleCheck.problems(connection);
  }
}
