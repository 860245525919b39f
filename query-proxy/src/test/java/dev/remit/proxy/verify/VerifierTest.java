package dev.remit.proxy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.ColumnType;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.ColumnDecision;
import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.govern.AllowLists;
import dev.remit.proxy.govern.Attributes;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.source.SystemColumn;
import dev.remit.proxy.systemcatalog.SystemRelation;
import dev.remit.sql.PostgresSql;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: whatever a broken rewriter emits, a statement that is not exactly what was decided is
/// never sent. Each case is the accepted statement with one thing changed.
class VerifierTest {
  private static final AllowLists LISTS = AllowLists.load();
  private static final long NAME = 19;

  /// Texts are compared by leakproof `=` and `<`, names by `=`; nothing else is known as such.
  private static final SourceFacts FACTS =
      new SourceFacts(
          Set.of(operator("=", 25), operator("<", 25), operator("=", NAME)),
          Map.of(25L, new SourceFacts.Type("pg_catalog", "text", 'b', 0, 0)),
          Map.of(),
          Set.of(),
          Map.of(),
          Set.of(),
          Set.of());

  private static final Attributes ATTRIBUTES = new Attributes(LISTS, SourceFacts.NONE);
  private static final PolicyValue REGION = new PolicyValue("text", "EU");
  private static final PolicyValue OTHER = new PolicyValue("text", "US");

  /// The decision: `id` clear, `email` masked, `salary` invisible, rows of one region. The client
  /// has one parameter, so the policy's values are `$2` (EU) and `$3` (US, of another table).
  private static final TableDecision.Allow PERSON =
      new TableDecision.Allow(
          List.of(
              new ColumnDecision(column(1, "id"), Optional.empty(), "", false),
              new ColumnDecision(
                  column(2, "email"),
                  Optional.of(
                      new SqlExpression(
                          PostgresSql.parseExpression("pg_catalog.md5(email)"), List.of())),
                  "digest",
                  true)),
          List.of(
              new SqlExpression(
                  PostgresSql.parseExpression("region = CAST($1 AS pg_catalog.text)"),
                  List.of(REGION))),
          List.of());

  private static final String GOVERNED =
      "(SELECT id, pg_catalog.md5(email) AS email FROM public.person"
          + " WHERE region = CAST($2 AS pg_catalog.text) OFFSET 0)";

  private static SourceFacts.Operator operator(String symbol, long type) {
    return new SourceFacts.Operator("pg_catalog", symbol, type, type);
  }

  private static Column column(int number, String name) {
    return new Column(
        number,
        name,
        new ColumnType(25, "pg_catalog", "text", -1, "text", 'S'),
        true,
        false,
        Optional.empty(),
        List.of());
  }

  private static void verify(String sql, Map<String, Integer> unfenced) {
    verify((Query) PostgresSql.parseStatement(sql), unfenced, Map.of());
  }

  private static void verify(
      Query emitted, Map<String, Integer> unfenced, Map<String, TableDecision.Allow> views) {
    Verifier.verify(
        emitted,
        LISTS,
        new Expectation(
            Map.of("public.person", PERSON),
            unfenced,
            Set.of(),
            List.of(),
            views,
            Set.of(),
            Set.of(),
            FACTS,
            ATTRIBUTES,
            1,
            List.of(REGION, OTHER)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p.email FROM " + GOVERNED + " AS p WHERE p.id = $1",
        "WITH q AS (SELECT * FROM " + GOVERNED + " AS p) SELECT pg_catalog.count(*) FROM q",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM " + GOVERNED + " AS p)",
      })
  void whatWasDecidedPasses(String sql) {
    assertThatCode(() -> verify(sql, Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = $1",
        "id = o.id",
        "id < 'm'",
        "'m' = id",
        "id IN ('a', 'b')",
        "id = ANY ($1)",
        "id IS NOT NULL",
        "NOT (id = 'a' OR id < CAST('c' AS pg_catalog.text))",
        "id OPERATOR(pg_catalog.=) 'a'",
      })
  void leakproofConditionsOnClearColumnsMayBeRepeatedInside(String condition) {
    String copied = GOVERNED.replace(" OFFSET 0", " AND " + condition + " OFFSET 0");
    String sql =
        "SELECT (SELECT 1 FROM " + copied + " AS p WHERE p.id = o.id) FROM " + GOVERNED + " AS o";
    assertThatCode(() -> verify(sql, Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not leakproof, or not for these types
        "id ~ $1",
        "id LIKE 'a%'",
        "id > 'a'",
        "id BETWEEN 'a' AND 'b'",
        "id = 5",
        "id = CAST($1 AS pg_catalog.int4)",
        "id OPERATOR(public.=) 'a'",
        "id = ANY (ARRAY['a', 'b'])",
        "id IN ('a', 5)",
        "id IN ('a', pg_catalog.lower($1))",
        // not a clear column beside a constant
        "email = $1",
        "region = $1",
        "id = pg_catalog.lower($1)",
        "id || 'x' = $1",
        "email IS NULL",
        "pg_catalog.length(id) IS NOT NULL",
        "id = (SELECT 'a')",
        "id = CAST(CAST($1 AS pg_catalog.text) AS pg_catalog.text)",
        "CASE WHEN id = 'a' THEN TRUE END",
        "EXISTS (SELECT 1)",
        "id",
        "o.id",
        "o.id = $1",
        "id = person.salary",
        "'a' = 'b'",
      })
  void noOtherConditionStandsBesideAFilter(String condition) {
    assertRefused(
        "SELECT 1 FROM "
            + GOVERNED.replace(" OFFSET 0", " AND " + condition + " OFFSET 0")
            + " AS p");
  }

  @Test
  void oneFenceLeftOutDoesNotAllowASecond() {
    String open = GOVERNED.replace(" OFFSET 0", "");
    assertThatCode(() -> verify("SELECT 1 FROM " + open + " AS p", Map.of("public.person", 1)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() ->
            verify(
                "SELECT 1 FROM " + open + " AS p, " + open + " AS q", Map.of("public.person", 1)))
        .hasMessageContaining("without its fence");
  }

  @Test
  void conditionsOnPlainColumnsOfTheCatalogMayBeRepeatedInside() {
    String sql =
        "SELECT nspname, CAST(10 AS pg_catalog.oid) AS nspowner FROM pg_catalog.pg_namespace"
            + " AS r_n WHERE (r_n.nspname = ANY ($1) OR r_n.oid < 100) OFFSET 0";
    SystemRelation relation =
        new SystemRelation(
            "pg_catalog",
            "pg_namespace",
            List.of(new SystemColumn("nspname", NAME), new SystemColumn("nspowner", NAME)),
            Set.of("nspname"),
            "r_n",
            sql);
    PolicyValue names = new PolicyValue("name[]", "{public}");
    Expectation expectation =
        new Expectation(
            Map.of(),
            Map.of(),
            Set.of(relation),
            List.of(names),
            Map.of(),
            Set.of(),
            Set.of(),
            FACTS,
            ATTRIBUTES,
            0,
            List.of(names));
    for (String added : List.of("", " AND nspname = 'x'", " AND nspname = c.relname")) {
      assertThatCode(() -> verifyCatalog(sql.replace(" OFFSET", added + " OFFSET"), expectation))
          .doesNotThrowAnyException();
    }
    for (String added :
        List.of(
            " AND nspowner = 'x'", " AND nspname = r_n.nspacl", " AND f(nspname)", " OR true")) {
      assertThatThrownBy(
              () -> verifyCatalog(sql.replace(" OFFSET", added + " OFFSET"), expectation))
          .as(added)
          .isInstanceOf(RemitException.class);
    }
    for (String other : List.of("nspacl AS nspowner", "nspowner")) {
      String changed = sql.replace("CAST(10 AS pg_catalog.oid) AS nspowner", other);
      assertThatThrownBy(() -> verifyCatalog(changed, expectation))
          .as(other)
          .isInstanceOf(RemitException.class);
    }
  }

  private static void verifyCatalog(String sql, Expectation expectation) {
    Query emitted = (Query) PostgresSql.parseStatement("SELECT 1 FROM (" + sql + ") AS n");
    Verifier.verify(emitted, LISTS, expectation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // another relation, or the relation in another place
        "SELECT email FROM public.person",
        "SELECT email FROM person",
        "SELECT 1 FROM GOVERNED AS p, public.person AS q",
        "SELECT (SELECT pg_catalog.min(email) FROM public.person) FROM GOVERNED AS p",
        "SELECT 1 FROM (SELECT id, pg_catalog.md5(email) AS email FROM public.secret"
            + " WHERE region = CAST($2 AS pg_catalog.text) OFFSET 0) AS p",
        "SELECT 1 FROM (TABLE public.person) AS p",
        // a call that looks like a field
        "SELECT (CAST('select 1' AS pg_catalog.text)).ts_stat FROM GOVERNED AS p",
        "SELECT 1 WHERE $1 IN (SELECT email FROM public.person)",
        "WITH public AS (SELECT 1) SELECT 1 FROM public.person",
        "WITH q AS (SELECT * FROM r), r AS (SELECT 1) SELECT 1 FROM q",
        "WITH q AS (SELECT 1) SELECT 1 FROM ONLY q",
        "WITH q AS (SELECT 1) SELECT 1 FROM q TABLESAMPLE system (1)",
        "SELECT 1 FROM GOVERNED AS p FOR UPDATE",
        // functions, operators, types
        "SELECT pg_catalog.pg_read_file('x') FROM GOVERNED AS p",
        "SELECT pg_catalog.query_to_xml('select 1', true, true, '')",
        "SELECT public.md5(p.email) FROM GOVERNED AS p",
        "SELECT md5(p.email) FROM GOVERNED AS p",
        "SELECT 1 OPERATOR(public.+) 1",
        "SELECT CAST($1 AS public.secret)",
        "SELECT CAST($1 AS text)",
        "SELECT CAST($1 AS pg_catalog.regclass)",
        "SELECT 1 FROM pg_catalog.pg_ls_dir('.') AS f",
        "SELECT pg_catalog.pg_get_constraintdef(16400)",
        "SELECT pg_catalog.age(p.id) FROM GOVERNED AS p",
        "SELECT pg_catalog.ts_rewrite(CAST('a' AS pg_catalog.tsquery), 'select 1')",
        "SELECT pg_catalog.to_tsvector('public.secret', p.id) FROM GOVERNED AS p",
        "SELECT 1 FROM pg_catalog.json_to_recordset($1) AS f (a public.secret)",
        "SELECT JSON_VALUE($1, '$.a' RETURNING pg_catalog.regclass)",
        "SELECT XMLSERIALIZE(CONTENT $1 AS public.secret)",
      })
  void whatLiesOutsideAGovernedTableIsChecked(String sql) {
    assertRefused(sql.replace("GOVERNED", GOVERNED));
  }

  /// Each is a pair: what of the governed table is replaced, and by what.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pg_catalog.md5(email) AS email|email",
        "pg_catalog.md5(email) AS email|email AS email",
        "pg_catalog.md5(email) AS email|pg_catalog.lower(email) AS email",
        "pg_catalog.md5(email) AS email|pg_catalog.md5(email) AS id",
        "pg_catalog.md5(email) AS email|pg_catalog.md5(email) AS email, salary",
        "id, |id, salary AS x, ",
        "id, |email AS id, ",
        "id, |",
        "id, pg_catalog.md5(email) AS email|*",
        " WHERE region = CAST($2 AS pg_catalog.text)|",
        "CAST($2|CAST($3",
        "CAST($2|CAST($1",
        "region =|region <>",
        "region = CAST($2 AS pg_catalog.text)|region = CAST($2 AS pg_catalog.text) OR true",
        " OFFSET 0|",
        " OFFSET 0| OFFSET 1",
        " OFFSET 0| LIMIT 5 OFFSET 0",
        " OFFSET 0| ORDER BY email OFFSET 0",
        " OFFSET 0| AND email = $1 OFFSET 0",
        " OFFSET 0| AND salary = $1 OFFSET 0",
        " OFFSET 0| AND id = person.salary OFFSET 0",
        " OFFSET 0| AND id = public.person.salary OFFSET 0",
        " OFFSET 0| AND pg_catalog.length(id) = 1 OFFSET 0",
        " OFFSET 0| AND id IN (SELECT email FROM public.person) OFFSET 0",
        " OFFSET 0| GROUP BY id OFFSET 0",
        "SELECT id|SELECT DISTINCT id",
        "public.person|public.person TABLESAMPLE system (1)",
        "public.person|public.person AS region (region, id, email)",
        "public.person|other.person",
        "public.person|shop.public.person",
        "public.person|public.person, public.secret",
        "public.person|public.person CROSS JOIN public.secret",
      })
  void whatLiesInsideAGovernedTableIsCompared(String change) {
    String[] parts = change.split("\\|", -1);
    assertThat(GOVERNED).contains(parts[0]);
    assertRefused("SELECT 1 FROM " + GOVERNED.replace(parts[0], parts[1]) + " AS p");
  }

  @Test
  void aFenceIsMissedUnlessItWasLeftOut() {
    String open = "SELECT 1 FROM " + GOVERNED.replace(" OFFSET 0", "") + " AS p";
    assertThatCode(() -> verify(open, Map.of("public.person", 1))).doesNotThrowAnyException();
    assertRefused(open);
  }

  @Test
  void aViewWithoutItsOwnDecisionIsMissed() {
    assertThatThrownBy(() -> verifyView("SELECT 1 FROM " + GOVERNED + " AS p"))
        .hasMessageContaining("a view's own decision is missing");
  }

  /// Each is a pair: what of the governed view is replaced, and by what.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2 AS pg_catalog.text) OFFSET 0)|$2 AS pg_catalog.text))",
        "pg_catalog.md5(email) AS email|email",
        "region = CAST($2 AS pg_catalog.text)|TRUE",
        "view public.people|view public.others",
        "region)|region) CROSS JOIN (SELECT 1) AS o",
        "region)|region), (SELECT 1) AS o",
      })
  void aViewIsComparedAsATableIs(String change) {
    String view =
        "(SELECT id, pg_catalog.md5(email) AS email FROM (SELECT p.id, p.email, 'EU' FROM BASE AS"
            + " p) AS \"view public.people\" (id, email, region) WHERE region = CAST($2 AS"
            + " pg_catalog.text) OFFSET 0)";
    String[] parts = change.split("\\|", -1);
    assertThat(view).contains(parts[0]);
    assertThatCode(() -> verifyView("SELECT 1 FROM " + view.replace("BASE", GOVERNED) + " AS v"))
        .doesNotThrowAnyException();
    String changed = view.replace(parts[0], parts[1]).replace("BASE", GOVERNED);
    assertThatThrownBy(() -> verifyView("SELECT 1 FROM " + changed + " AS v"))
        .isInstanceOf(RemitException.class);
  }

  private static void verifyView(String sql) {
    verify((Query) PostgresSql.parseStatement(sql), Map.of(), Map.of("public.people", PERSON));
  }

  /// What the grammar does not make today and the verifier does not know.
  @Test
  void aFormWithoutARuleIsNotSent() {
    SqlNode one = SqlLiteral.createExactNumeric("1", SqlParserPos.ZERO);
    for (SqlNode unknown :
        List.of(
            SqlStdOperatorTable.ABS.createCall(SqlParserPos.ZERO, one),
            new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO))) {
      Query emitted = (Query) PostgresSql.parseStatement("SELECT 1");
      ((Target) ((Select) emitted.body()).targets().get(0)).setOperand(0, unknown);
      assertThatThrownBy(() -> verify(emitted, Map.of(), Map.of()))
          .hasMessageContaining("a form without a rule");
    }
  }

  private static void assertRefused(String sql) {
    assertThatThrownBy(() -> verify(sql, Map.of()))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL));
  }
}
