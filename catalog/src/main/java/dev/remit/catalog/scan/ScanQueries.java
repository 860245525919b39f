package dev.remit.catalog.scan;

/// The statements of an introspection, over `pg_catalog` of PostgreSQL 12 and later.
///
/// Each is set-based and runs once per scan.
final class ScanQueries {
  private static final String USER_SCHEMA =
      "n.nspname <> 'information_schema' and n.nspname !~ '^pg_'";

  static final String SCHEMAS =
      "select n.nspname as name from pg_namespace n where "
          + USER_SCHEMA
          + " and has_schema_privilege(n.oid, 'USAGE') order by n.nspname";

  static final String RELATIONS =
      """
      select c.oid::bigint as oid, n.nspname as schema, c.relname as name, c.relkind as kind,
             d.description as comment,
             case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
             array(select i.inhparent::bigint from pg_inherits i
                    where i.inhrelid = c.oid order by i.inhseqno) as parents
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join pg_description d
          on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
         and has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT')
         and
      """
          + USER_SCHEMA
          + " order by n.nspname, c.relname";

  static final String COLUMNS =
      """
      select a.attrelid::bigint as relation, a.attnum as number, a.attname as name,
             a.atttypid::bigint as type_oid, tn.nspname as type_schema, t.typname as type_name,
             a.atttypmod as modifier, format_type(a.atttypid, a.atttypmod) as formatted,
             t.typcategory as category, not a.attnotnull as nullable,
             a.attgenerated <> '' as generated, d.description as comment
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        join pg_type t on t.oid = a.atttypid
        join pg_namespace tn on tn.oid = t.typnamespace
        left join pg_description d
          on d.objoid = a.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
         and has_schema_privilege(n.oid, 'USAGE')
         and has_column_privilege(a.attrelid, a.attnum, 'SELECT')
         and
      """
          + USER_SCHEMA
          + " order by a.attrelid, a.attnum";

  /// A foreign key to a partitioned table is kept once more per partition; only the declared one
  /// counts.
  static final String CONSTRAINTS =
      """
      select k.conrelid::bigint as relation, k.conname as name, k.contype as kind,
             array(select u.number::integer from unnest(k.conkey) with ordinality u(number, place)
                    order by u.place) as columns,
             k.confrelid::bigint as referenced,
             array(select u.number::integer from unnest(k.confkey) with ordinality u(number, place)
                    order by u.place) as referenced_columns
        from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_namespace n on n.oid = c.relnamespace
       where k.contype in ('p', 'f')
         and not exists (select from pg_constraint up
                          where up.oid = k.conparentid and up.conrelid = k.conrelid)
         and
      """
          + USER_SCHEMA
          + " order by k.conrelid, k.conname";

  static final String TYPES =
      """
      select t.oid::bigint as oid, n.nspname as schema, t.typname as name, t.typtype as kind,
             t.typcategory as category, t.typbasetype::bigint as base,
             case when t.typcategory = 'A' then t.typelem::bigint else 0 end as element,
             array(select e.enumlabel::text from pg_enum e
                    where e.enumtypid = t.oid order by e.enumsortorder) as labels
        from pg_type t
        join pg_namespace n on n.oid = t.typnamespace
        left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
        left join pg_class c on c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
       where (c.oid is null or c.relkind = 'c') and t.typtype <> 'p'
         and has_schema_privilege(n.oid, 'USAGE') and
      """
          + USER_SCHEMA
          + " order by n.nspname, t.typname";

  static final String UNREADABLE =
      """
      select format('%I.%I cannot be read by the source''s role and stays invisible;'
                      || ' to govern it: GRANT USAGE ON SCHEMA %I TO %I; GRANT SELECT ON %I.%I TO %I',
                    n.nspname, c.relname, n.nspname, current_user, n.nspname, c.relname,
                    current_user) as problem
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
         and not (has_schema_privilege(n.oid, 'USAGE')
                  and has_any_column_privilege(c.oid, 'SELECT'))
         and
      """
          + USER_SCHEMA
          + " order by n.nspname, c.relname limit 50";

  private ScanQueries() {}
}
