package dev.remit.catalog.source;

import dev.remit.catalog.model.SourceConnection;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens JDBC connections to sources for scanning and watching; rows for consumers never pass here.
///
/// Each connection is read-only, finds names in `pg_catalog` only, and its role was checked on it.
///
/// @param connectTimeout bound of connecting and logging in
/// @param statementTimeout bound of each statement
public record SourceConnector(Duration connectTimeout, Duration statementTimeout) {
  private static final int OLDEST_VERSION = 12;

  /// @throws RemitException SOURCE_UNAVAILABLE, WRONG_PASSWORD or UNSAFE_SOURCE_ROLE
  public Connection open(SourceConnection address) {
    try {
      Connection connection = dataSource(address).getConnection();
      try {
        prepare(connection);
        RoleCheck.requireReadOnly(connection);
        return connection;
      } catch (SQLException | RuntimeException failure) {
        connection.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw refusal(address, failure);
    }
  }

  /// Connects, checks the role and lets go again; refusals as in [#open].
  public void check(SourceConnection address) {
    try {
      open(address).close();
    } catch (SQLException failure) {
      throw refusal(address, failure);
    }
  }

  private PGSimpleDataSource dataSource(SourceConnection address) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {address.host()});
    dataSource.setPortNumbers(new int[] {address.port()});
    dataSource.setDatabaseName(address.database());
    dataSource.setUser(address.user());
    dataSource.setPassword(address.password());
    dataSource.setApplicationName("remit-catalog");
    dataSource.setConnectTimeout(seconds(connectTimeout));
    dataSource.setLoginTimeout(seconds(connectTimeout));
    dataSource.setSocketTimeout(seconds(statementTimeout) + 1);
    switch (address.tls()) {
      case DISABLE -> dataSource.setSslMode("disable");
      case REQUIRE -> dataSource.setSslMode("require");
      case VERIFY_FULL -> {
        dataSource.setSslMode("verify-full");
        dataSource.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
      }
    }
    return dataSource;
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "set search_path to pg_catalog; set default_transaction_read_only to on;"
              + " set statement_timeout to "
              + statementTimeout.toMillis());
    }
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST_VERSION) {
      throw new RemitException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "the source runs PostgreSQL " + version + "; Remit reads 12 and later");
    }
  }

  private static int seconds(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.toSeconds()));
  }

  private static RemitException refusal(SourceConnection address, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.startsWith("28")) {
      return new RemitException(
          ErrorCode.WRONG_PASSWORD,
          "the source " + address + " refused the log-in; check user, password and pg_hba.conf");
    }
    return new RemitException(
        ErrorCode.SOURCE_UNAVAILABLE,
        "could not use the source "
            + address
            + " (SQLSTATE "
            + state
            + "); check that it runs and can be reached from here",
        failure);
  }
}
