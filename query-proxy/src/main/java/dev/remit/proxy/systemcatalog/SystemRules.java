package dev.remit.proxy.systemcatalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rule of each catalog relation: which rows, and which columns as they are.
///
/// A column that no rule names is NULL for clients, so that a newer PostgreSQL's columns stay
/// hidden until somebody looked at them.
final class SystemRules {
  /// @param rows condition on the relation's own columns; `$1` relations, `$2` schemas, `$3` types,
  ///   `$4` columns
  private record Rule(String relation, String rows, List<String> clear) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "pg_catalog.pg_namespace",
              "nspname IN ('pg_catalog', 'information_schema') OR nspname = ANY ($2)",
              List.of("oid", "nspname", "nspowner")),
          new Rule(
              "pg_catalog.pg_class",
              "oid < 16384 OR oid = ANY ($1)",
              List.of(
                  "oid",
                  "relname",
                  "relnamespace",
                  "reltype",
                  "relowner",
                  "relkind",
                  "relnatts",
                  "relpersistence",
                  "relispartition",
                  "relhasindex",
                  "relhasrules",
                  "relhastriggers",
                  "relhassubclass",
                  "relrowsecurity",
                  "relforcerowsecurity",
                  "relispopulated",
                  "relreplident",
                  "relam",
                  "reltablespace",
                  "relchecks",
                  "reloftype",
                  "relisshared",
                  "reltoastrelid")),
          new Rule(
              "pg_catalog.pg_attribute",
              "attrelid < 16384 OR (attrelid::text || '.' || attnum::text) = ANY ($4)",
              List.of(
                  "attrelid",
                  "attname",
                  "atttypid",
                  "attlen",
                  "attnum",
                  "atttypmod",
                  "attndims",
                  "attnotnull",
                  "attisdropped",
                  "attidentity",
                  "attgenerated",
                  "attcollation",
                  "attislocal",
                  "attinhcount",
                  "attstorage",
                  "atthasdef",
                  "attbyval",
                  "attalign")),
          new Rule(
              "pg_catalog.pg_type",
              "oid < 16384 OR oid = ANY ($3) OR typelem = ANY ($3) OR typrelid = ANY ($1)",
              List.of(
                  "oid",
                  "typname",
                  "typnamespace",
                  "typowner",
                  "typlen",
                  "typbyval",
                  "typtype",
                  "typcategory",
                  "typispreferred",
                  "typisdefined",
                  "typdelim",
                  "typrelid",
                  "typelem",
                  "typarray",
                  "typinput",
                  "typbasetype",
                  "typtypmod",
                  "typndims",
                  "typcollation",
                  "typnotnull",
                  "typsubscript",
                  "typoutput",
                  "typreceive",
                  "typsend")));

  private SystemRules() {}

  /// The governed relations, by `schema.name`.
  ///
  /// @param columns of the source's own catalog relations
  static Map<String, SystemRelation> relations(Map<String, List<SystemRelation.Column>> columns) {
    Map<String, SystemRelation> relations = new HashMap<>();
    for (Rule rule : RULES) {
      List<SystemRelation.Column> present = columns.get(rule.relation());
      if (present != null) {
        String[] names = rule.relation().split("\\.");
        relations.put(
            rule.relation(), new SystemRelation(names[0], names[1], present, sql(rule, present)));
      }
    }
    return relations;
  }

  private static String sql(Rule rule, List<SystemRelation.Column> columns) {
    List<String> targets = new ArrayList<>();
    for (SystemRelation.Column column : columns) {
      String name = "\"" + column.name() + "\"";
      targets.add(rule.clear().contains(column.name()) ? name : hidden(column) + " AS " + name);
    }
    return "SELECT "
        + String.join(", ", targets)
        + " FROM "
        + rule.relation()
        + " WHERE "
        + rule.rows()
            .replace("$1", "$1::pg_catalog.oid[]")
            .replace("$2", "$2::pg_catalog.name[]")
            .replace("$3", "$3::pg_catalog.oid[]")
            .replace("$4", "$4::pg_catalog.text[]")
        + " OFFSET 0";
  }

  /// NULL of the column's type, for the types that hidden columns have.
  private static String hidden(SystemRelation.Column column) {
    return "NULL::pg_catalog." + typeName(column.typeOid());
  }

  private static String typeName(long oid) {
    return switch ((int) oid) {
      case 16 -> "bool";
      case 18 -> "\"char\"";
      case 19 -> "name";
      case 20 -> "int8";
      case 21 -> "int2";
      case 23 -> "int4";
      case 24 -> "regproc";
      case 26 -> "oid";
      case 28 -> "xid";
      case 700 -> "float4";
      case 1034 -> "aclitem[]";
      case 1009 -> "text[]";
      case 2277 -> "text";
      case 194 -> "text";
      default -> "text";
    };
  }
}
