package dev.remit.catalog.source;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What a source's role can do beyond reading, and the SQL that makes a role which cannot.
///
/// The role is judged with everything it could become by `SET ROLE`. The check is one query over
/// `pg_catalog` so that the proxy's own wire client runs the very same on each upstream connection.
public final class RoleCheck {

  /// No parameters; rows of `(problem text)`, none for a role that can only read.
  public static final String SQL =
      """
      with reachable as materialized (
        select r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
               r.rolreplication, r.rolname = current_user as itself
          from pg_catalog.pg_roles r
         where pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')),
      superuser as (
        select exists (select from reachable r where r.itself and r.rolsuper) as itself),
      visible as materialized (
        select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) as name, c.relowner
          from pg_catalog.pg_class c
          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema'
           and n.nspname !~ '^pg_'),
      writable as (
        select v.name, pg_catalog.concat_ws(', ',
            case when pg_catalog.has_any_column_privilege(v.oid, 'INSERT') then 'INSERT' end,
            case when pg_catalog.has_any_column_privilege(v.oid, 'UPDATE') then 'UPDATE' end,
            case when pg_catalog.has_table_privilege(v.oid, 'DELETE') then 'DELETE' end,
            case when pg_catalog.has_table_privilege(v.oid, 'TRUNCATE') then 'TRUNCATE' end,
            case when pg_catalog.has_table_privilege(v.oid, 'TRIGGER') then 'TRIGGER' end
          ) as privileges
          from visible v
         where not exists (select from reachable r where r.oid = v.relowner)),
      listed as (
        select 10 as rank, pg_catalog.format('%s: %s',
            case when r.itself then 'the role itself' else 'member of role ' || r.rolname end,
            pg_catalog.concat_ws(', ',
              case when r.rolsuper then 'SUPERUSER' end,
              case when r.rolbypassrls then 'BYPASSRLS' end,
              case when r.rolcreaterole then 'CREATEROLE' end,
              case when r.rolcreatedb then 'CREATEDB' end,
              case when r.rolreplication then 'REPLICATION' end)) as problem
          from reachable r
         where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
        union all
        select 20, pg_catalog.format('member of %s', r.rolname)
          from reachable r
         where r.rolname in ('pg_read_server_files', 'pg_write_server_files',
                 'pg_execute_server_program', 'pg_write_all_data', 'pg_signal_backend',
                 'pg_signal_autovacuum_worker', 'pg_maintain', 'pg_checkpoint',
                 'pg_create_subscription')
        union all
        select 30, pg_catalog.format('owns the database %I', d.datname)
          from pg_catalog.pg_database d join reachable r on r.oid = d.datdba
         where d.datname = pg_catalog.current_database()
        union all
        select 40, pg_catalog.format('owns the schema %I', n.nspname)
          from pg_catalog.pg_namespace n join reachable r on r.oid = n.nspowner
         where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
           and r.rolname <> 'pg_database_owner'
        union all
        select 50, 'owns ' || v.name from visible v join reachable r on r.oid = v.relowner
        union all
        select 60, w.privileges || ' on ' || w.name from writable w where w.privileges <> '')
      select l.problem from listed l cross join superuser s
       where not s.itself or l.rank = 10 and l.problem like 'the role itself:%'
       order by l.rank, l.problem
       limit 20\
      """;

  private static final String SCHEMAS =
      """
      select pg_catalog.quote_ident(n.nspname) from pg_catalog.pg_namespace n
       where n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by n.nspname\
      """;

  private RoleCheck() {}

  /// What is wrong with the connection's role; empty when it can only read.
  public static List<String> problems(Connection connection) throws SQLException {
    return column(connection, SQL);
  }

  /// @throws RemitException UNSAFE_SOURCE_ROLE listing the problems and the SQL of a proper role
  public static void requireReadOnly(Connection connection) throws SQLException {
    List<String> problems = problems(connection);
    if (!problems.isEmpty()) {
      String user = column(connection, "select current_user").getFirst();
      throw new RemitException(
          ErrorCode.UNSAFE_SOURCE_ROLE,
          "role "
              + user
              + " can do more than read, so Remit does not use it:\n  - "
              + String.join("\n  - ", problems)
              + "\nLet an administrator of the source make a role that can only read:\n"
              + remedy(connection));
    }
  }

  /// Statements that make a role which passes the check, for this database's schemas.
  static String remedy(Connection connection) throws SQLException {
    String schemas = String.join(", ", column(connection, SCHEMAS));
    String database =
        column(connection, "select pg_catalog.quote_ident(pg_catalog.current_database())")
            .getFirst();
    return """
    CREATE ROLE remit_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
      PASSWORD 'replace-this';
    GRANT CONNECT ON DATABASE %1$s TO remit_reader;
    GRANT USAGE ON SCHEMA %2$s TO remit_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA %2$s TO remit_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA %2$s GRANT SELECT ON TABLES TO remit_reader;
    """
        .formatted(database, schemas.isEmpty() ? "public" : schemas);
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
