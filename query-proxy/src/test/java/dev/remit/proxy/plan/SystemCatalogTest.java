package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Goal: whatever is asked of PostgreSQL's own catalog, only visible objects answer, and no
/// definition, default, comment or name of what is hidden is told.
class SystemCatalogTest {
  private static GovernedDatabase database;

  @BeforeAll
  static void start() {
    database =
        new GovernedDatabase(Shop.text("/dev/remit/proxy/systemcatalog/canary.sql"), Map.of());
    database.rules.allow("public.orders").hide("canary_column", "canary_feeling");
    database.rules.allow("public.items");
    database.rules.allow("public.seen");
    database.rules.allow("public.parts");
    database.rules.allow("public.parts_eu");
  }

  @AfterAll
  static void stop() throws Exception {
    database.execute("DROP OWNED BY canary_role; DROP ROLE canary_role");
    database.close();
  }

  private static void refused(String sql, ErrorCode code) {
    assertThatThrownBy(() -> database.plan(sql))
        .isInstanceOfSatisfying(
            RemitException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static void tellsNoCanary(String sql) {
    assertThat(
            database
                .governed(sql)
                .toString()
                .replace("Atlantic/Canary", "")
                .toLowerCase(Locale.ROOT))
        .as(sql)
        .doesNotContain("canary");
  }

  private static String value(String sql) {
    return database.governed(sql).get(1).get(0);
  }

  private static String oid(String name) {
    return database.raw("public", "SELECT '" + name + "'::regclass::oid").get(1).get(0);
  }

  @Test
  void noCatalogRelationTellsOfWhatIsHidden() {
    int answered = 0;
    List<List<String>> relations =
        database.raw(
            "pg_catalog",
            "SELECT n.nspname, c.relname, string_agg(format('CAST(%I AS text)', a.attname), ', '"
                + " ORDER BY a.attnum) FROM pg_class c JOIN pg_namespace n ON n.oid ="
                + " c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                + " AND NOT a.attisdropped WHERE n.nspname IN ('pg_catalog',"
                + " 'information_schema') AND c.relkind IN ('r', 'v') GROUP BY 1, 2");
    for (List<String> relation : relations.subList(1, relations.size())) {
      String sql = "SELECT " + relation.get(2) + " FROM " + relation.get(0) + "." + relation.get(1);
      try {
        database.plan(sql);
      } catch (RemitException refusal) {
        assertThat(refusal.code()).as(sql).isEqualTo(ErrorCode.UNKNOWN_TABLE);
        continue;
      }
      tellsNoCanary(sql);
      answered++;
    }
    assertThat(answered).isGreaterThan(80);
  }

  @Test
  void noFunctionTellsOfWhatIsHidden() {
    List<String> calls = new ArrayList<>();
    for (String table :
        List.of("pg_class", "pg_constraint", "pg_type", "pg_proc", "pg_namespace")) {
      String oids =
          database
              .raw(
                  "pg_catalog",
                  "SELECT string_agg(oid::text, ',') FROM " + table + " WHERE oid >= 16384")
              .get(1)
              .get(0);
      for (String form :
          List.of(
              "pg_get_viewdef(o)",
              "pg_get_viewdef(o, true)",
              "pg_get_expr('x', o)",
              "pg_get_constraintdef(o)",
              "pg_get_constraintdef(o, true)",
              "pg_get_indexdef(o)",
              "pg_get_indexdef(o, 1, false)",
              "pg_get_ruledef(o)",
              "pg_get_triggerdef(o)",
              "pg_get_functiondef(o)",
              "pg_get_function_arguments(o)",
              "pg_get_partkeydef(o)",
              "pg_get_function_result(o)",
              "obj_description(o)",
              "obj_description(o, 'pg_class')",
              "obj_description(o, 'pg_type')",
              "obj_description(o, 'pg_constraint')",
              "col_description(o, 5)",
              "col_description(o, 6)",
              "shobj_description(o, 'x')",
              "format_type(o, -1)",
              "o::regclass",
              "o::regclass::text",
              "o::regtype",
              "o::regproc",
              "o::regnamespace",
              "o::regrole",
              "o::oid::regtype::text",
              "pg_get_statisticsobjdef(o)",
              "pg_get_partition_constraintdef(o)",
              "pg_get_userbyid(o)",
              "to_regclass(o::text)::text",
              "to_regtype(o::text)::text",
              "pg_typeof(o)",
              "pg_get_serial_sequence(o::regclass::text, 'id')")) {
        calls.add("SELECT " + form + " FROM unnest(CAST('{" + oids + "}' AS oid[])) AS t(o)");
      }
    }
    calls.forEach(SystemCatalogTest::tellsNoCanary);
  }

  @Test
  void namesOfHiddenObjectsAreNamesOfNothing() {
    for (String hidden : List.of("canary_table", "public.canary_table", "canary_view", "nowhere")) {
      refused("SELECT '" + hidden + "'::regclass", ErrorCode.UNKNOWN_TABLE);
      assertThat(value("SELECT to_regclass('" + hidden + "')")).isEqualTo("null");
      assertThat(value("SELECT has_table_privilege('" + hidden + "', 'SELECT')")).isEqualTo("f");
    }
    refused("SELECT 'canary_schema'::regnamespace", ErrorCode.UNKNOWN_SCHEMA);
    assertThat(value("SELECT to_regtype('canary_mood')")).isEqualTo("null");
    assertThat(value("SELECT to_regtype('canary_table')")).isEqualTo("null");
    assertThat(value("SELECT 'canary_mood'::regtype")).isEqualTo("null");
    refused("SELECT 'canary_function'::regprocedure", ErrorCode.UNKNOWN_TYPE);
    refused("SELECT canary_function()", ErrorCode.UNKNOWN_FUNCTION);
    refused("SELECT '{canary_table}'::regclass[]", ErrorCode.UNKNOWN_TYPE);
  }

  @Test
  void noValueOfAReferenceTypeIsLeftForStringsToFollow() {
    // Beside a regclass, PostgreSQL would look up 'canary_table' by itself.
    String union = "SELECT 'orders'::regclass UNION ALL SELECT 'canary_table'";
    assertThatThrownBy(() -> database.governed(union)).hasStackTraceContaining("type oid");
    assertThatThrownBy(
            () -> database.governed("SELECT coalesce(NULL::oid::regclass, 'canary_table')::oid"))
        .hasStackTraceContaining("type oid");
    assertThatThrownBy(
            () -> database.governed("SELECT coalesce(typinput, 'canary_function') FROM pg_type"))
        .hasStackTraceContaining("type oid");
  }

  @Test
  void namesOfVisibleObjectsAreFound() {
    String orders = oid("orders");
    assertThat(value("SELECT oid FROM pg_class WHERE oid = 'orders'::regclass")).isEqualTo(orders);
    assertThat(value("SELECT 'public.orders'::regclass::oid")).isEqualTo(orders);
    assertThat(value("SELECT 'orders'::regclass::text")).isEqualTo("orders");
    assertThat(value("SELECT to_regclass('orders')::text")).isEqualTo("orders");
    assertThat(value("SELECT oid::regclass FROM pg_class WHERE relname = 'orders'"))
        .isEqualTo("orders");
    for (String name :
        List.of("\"orders\"", "public.\"orders\"", "\"public\".ORDERS", " orders ")) {
      assertThat(database.governed("SELECT $1::regclass::oid", name).get(1).get(0))
          .as(name)
          .isEqualTo(orders);
    }
    assertThat(database.governed("SELECT $1::regtype::text", "\"pg_catalog\".\"int4\"").get(1))
        .containsExactly("integer");
    assertThat(value("SELECT to_regtype('mood')::text")).isEqualTo("mood");
    assertThat(value("SELECT to_regtype('integer')::text")).isEqualTo("integer");
    assertThat(value("SELECT 'int4[]'::regtype::oid")).isEqualTo("1007");
    assertThat(value("SELECT has_table_privilege('orders', 'SELECT')")).isEqualTo("t");
    assertThat(value("SELECT has_table_privilege('orders', 'INSERT')")).isEqualTo("f");
    assertThat(value("SELECT format_type(" + oid("orders") + ", -1)")).isEqualTo("null");
    assertThat(database.governed("SELECT to_regtype($1)::text", "mood[]").get(1))
        .containsExactly("mood[]");
  }

  @Test
  void columnsKeepTheirLabels() {
    assertThat(
            database
                .governed(
                    "SELECT current_database(), current_user, 'orders'::regclass,"
                        + " format_type(23, -1), current_database()::text, version() IS NULL,"
                        + " oid::regclass FROM pg_class LIMIT 0")
                .get(0))
        .containsExactly(
            "current_database",
            "current_user",
            "regclass",
            "format_type",
            "current_database",
            "?column?",
            "oid");
    assertThat(value("SELECT current_database()")).isEqualTo("shop");
    assertThat(value("SELECT current_user")).isEqualTo("ann");
    assertThat(value("SELECT current_schema()")).isEqualTo("public");
    assertThat(value("SELECT current_schemas(true)")).isEqualTo("{pg_catalog,public}");
  }

  @Test
  void visibleKeysAndCommentsAreShown() {
    assertThat(
            database.governed(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid ="
                    + " 'items'::regclass AND contype <> 'n' ORDER BY 1"))
        .contains(
            List.of("items_order_id_fkey", "FOREIGN KEY (order_id) REFERENCES orders(id)"),
            List.of("items_pkey", "PRIMARY KEY (order_id, number)"));
    assertThat(
            database
                .governed(
                    "SELECT obj_description('orders'::regclass, 'pg_class'),"
                        + " col_description('orders'::regclass, 3)")
                .get(1))
        .containsExactly("what was bought", "in euro");
    assertThat(
            database.governed(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'orders'"
                    + " ORDER BY ordinal_position"))
        .extracting(row -> row.get(0))
        .containsExactly("column_name", "id", "status", "total", "note", "tags", "generated");
    assertThat(
            database.governed(
                "SELECT constraint_type FROM information_schema.table_constraints WHERE table_name"
                    + " = 'items' ORDER BY 1"))
        .extracting(row -> row.get(0))
        .containsExactly("constraint_type", "FOREIGN KEY", "PRIMARY KEY");
  }

  @Test
  void pgAdminFindsKeysReferencesAndSettingsAndNoPrivileges() {
    assertThat(
            value(
                "SELECT i.relname FROM pg_constraint k JOIN pg_depend d ON d.refclassid ="
                    + " 'pg_constraint'::regclass AND d.refobjid = k.oid AND d.deptype = 'i' JOIN"
                    + " pg_class i ON i.oid = d.objid WHERE k.conrelid = 'items'::regclass AND"
                    + " k.contype = 'p'"))
        .isEqualTo("items_pkey");
    assertThat(value("SELECT relhastriggers FROM pg_class WHERE relname = 'items'")).isEqualTo("t");
    assertThat(value("SELECT relhastriggers FROM pg_class WHERE relname = 'pg_class'"))
        .isEqualTo("f");
    assertThat(
            value(
                "SELECT s.setting FROM pg_catalog.pg_show_all_settings() s WHERE s.name ="
                    + " 'server_encoding'"))
        .isEqualTo("UTF8");
    assertThat(
            database.governed(
                "SELECT (d).grantee FROM (SELECT pg_catalog.aclexplode(datacl) AS d FROM"
                    + " pg_database) a"))
        .hasSize(1);
    assertThat(value("SELECT acldefault('r', 10) IS NULL")).isEqualTo("t");
    assertThat(value("SELECT count(*) FROM pg_class WHERE relkind = 't'")).isEqualTo("0");
  }

  @Test
  void statisticsAndActivityDoNotExist() {
    for (String relation :
        List.of(
            "pg_stats",
            "pg_statistic",
            "pg_stat_activity",
            "pg_authid",
            "pg_shadow",
            "pg_statistic_ext_data",
            "pg_stats_ext",
            "pg_stat_user_tables",
            "pg_locks",
            "pg_largeobject",
            "pg_hba_file_rules",
            "pg_file_settings")) {
      refused("SELECT * FROM " + relation, ErrorCode.UNKNOWN_TABLE);
    }
    assertThat(value("SELECT reltuples FROM pg_class WHERE relname = 'orders'")).isEqualTo("-1");
    assertThat(value("SELECT pg_table_size('orders'::regclass)")).isEqualTo("null");
  }

  @Test
  void withoutAPurposeOnlyPostgresqlsOwnIsListed() {
    database.declare(Optional.empty());
    try {
      assertThat(database.governed("SELECT relname FROM pg_class WHERE oid >= 16384")).hasSize(1);
      assertThat(value("SELECT current_user")).isEqualTo("ann");
    } finally {
      database.declare(Optional.of(GovernedDatabase.ANALYTICS));
    }
  }
}
