package dev.remit.catalog.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Digests, computed by the source, of everything about a relation that a statement's meaning
/// depends on: OID, schema, name, kind, parents, and for each column number, name, type, modifier,
/// collation and whether it is generated; for views the stored query tree.
///
/// The tree (`pg_rewrite.ev_action`) and not `pg_get_viewdef`, because the latter depends on the
/// session's `search_path`; the result is the same on every connection. MD5 is enough: whoever can
/// choose a source's schema can already choose its data.
public final class FingerprintQuery {

  /// One parameter `$1` of type `oid[]`; rows of `(oid, fingerprint text)`. A relation that is gone
  /// gives no row.
  public static final String SQL =
      """
      select c.oid, pg_catalog.md5(row(
          c.oid, n.nspname, c.relname, c.relkind,
          (select pg_catalog.array_agg(i.inhparent order by i.inhseqno)
             from pg_catalog.pg_inherits i where i.inhrelid = c.oid),
          a.columns,
          (select pg_catalog.md5(r.ev_action::pg_catalog.text) from pg_catalog.pg_rewrite r
            where r.ev_class = c.oid and r.rulename = '_RETURN'))::pg_catalog.text) as fingerprint
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        left join (
          select t.attrelid, pg_catalog.array_agg(row(t.attnum, t.attname, t.atttypid, t.atttypmod,
                   t.attcollation, t.attgenerated)::pg_catalog.text order by t.attnum) as columns
            from pg_catalog.pg_attribute t
           where t.attrelid = any($1) and t.attnum > 0 and not t.attisdropped
           group by t.attrelid) a on a.attrelid = c.oid
       where c.oid = any($1)\
      """;

  private static final String JDBC = SQL.replace("$1", "(?::pg_catalog.oid[])");

  private FingerprintQuery() {}

  /// Fingerprints by OID of those relations that still exist.
  public static Map<Long, String> read(Connection connection, Collection<Long> oids)
      throws SQLException {
    Map<Long, String> fingerprints = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(JDBC)) {
      String list = oids.toString().replace('[', '{').replace(']', '}').replace(" ", "");
      statement.setString(1, list);
      statement.setString(2, list);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          fingerprints.put(rows.getLong(1), rows.getString(2));
        }
      }
    }
    return fingerprints;
  }
}
