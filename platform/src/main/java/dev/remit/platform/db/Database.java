package dev.remit.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// One tenant's PostgreSQL, shared by every module of that tenant.
///
/// Safe for use by many virtual threads; each call borrows a pooled connection. Each module calls
/// [#migrate] for its own schema before its first statement and reads no other module's tables.
public final class Database implements AutoCloseable {
  /// Kept at hand; each costs a SCRAM exchange on both sides, which a start would wait for.
  private static final int IDLE_CONNECTIONS = 4;

  private final HikariDataSource dataSource;
  private final DSLContext sql;

  /// @param maximumConnections upper bound of pooled connections; callers past it wait at most five
  ///   seconds
  public Database(String jdbcUrl, String user, String password, int maximumConnections) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("remit-store");
    pool.setJdbcUrl(jdbcUrl);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaximumPoolSize(maximumConnections);
    pool.setMinimumIdle(Math.min(IDLE_CONNECTIONS, maximumConnections));
    pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    this.dataSource = new HikariDataSource(pool);
    this.sql =
        DSL.using(
            dataSource,
            SQLDialect.POSTGRES,
            new Settings()
                .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_QUOTED)
                .withExecuteLogging(false));
  }

  /// Brings one module's schema up to date from `classpath:db/<schema>`, forward only.
  public void migrate(String schema) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(true)
        .locations("classpath:db/" + schema)
        .validateMigrationNaming(true)
        .load()
        .migrate();
  }

  /// Statements outside a transaction: each commits by itself.
  public DSLContext sql() {
    return sql;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  /// Runs the work in one transaction; an exception rolls it back and is rethrown as it is.
  public <T> T inTransaction(Function<DSLContext, T> work) {
    return sql.transactionResult(configuration -> work.apply(configuration.dsl()));
  }

  /// As [#inTransaction(Function)], without a result.
  public void runInTransaction(Consumer<DSLContext> work) {
    sql.transaction(configuration -> work.accept(configuration.dsl()));
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
