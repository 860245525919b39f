package dev.remit.policy.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import dev.remit.policy.testing.MemoryKeys;
import dev.remit.policy.testing.RealSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Goal: on a real PostgreSQL, every mask keeps type and modifier of every column it accepts, NULL
/// stays NULL, nothing of a short, multi-line or non-ASCII value shows, and the rest is refused.
class MaskLibraryTest {
  private static final RealSource SOURCE =
      new RealSource(
          """
          create extension citext;
          create type mood as enum ('happy', 'sad');
          create domain postcode as text;
          create table everything (
            id int, t text, v varchar, v20 varchar(20), v43 varchar(43), c50 char(50), ci citext,
            i2 int2, i4 int4, i8 int8, n numeric, n10 numeric(10,2), f4 float4, f8 float8, b bool,
            d date, ts timestamp, ts3 timestamp(3), tz timestamptz, tz0 timestamptz(0), ti time,
            iv interval, u uuid, ba bytea, j json, jb jsonb, ia int[], ta text[], m mood,
            p postcode, bits bit varying(8), mo money, ip inet, xm xml, rg int4range);
          insert into everything values (1, 'some text', 'some text', 'some text', 'some text',
            'some text', 'Some Text', 1, 2, 3, 4.5, 6.75, 7.5, 8.5, true, '2024-05-06',
            '2024-05-06 07:08:09.123456', '2024-05-06 07:08:09.123', '2024-05-06 07:08:09.123456Z',
            '2024-05-06 07:08:09Z', '07:08:09', '1 day', '6f4e0f52-5b3e-4b52-9a3c-1f4f6a2b9f10',
            '\\x0102', '{"a":1}', '{"a":1}', '{1,2}', '{a,b}', 'happy', '12345', b'101', 12.50,
            '10.0.0.1', '<a/>', '[1,5)');
          insert into everything (id) values (2);
          create table texts (id int, value text, short varchar(9))\
          """);
  private static final Relation EVERYTHING = SOURCE.table("everything");
  private static final TokenKey KEY =
      TokenKey.derive(new MemoryKeys(), RealSource.NAME, new PurposeCode("analytics"));

  private static SqlExpression mask(MaskSpec mask, String table, String column) {
    Relation relation = SOURCE.table(table);
    return MaskLibrary.apply(mask, relation.column(column).orElseThrow(), relation, () -> KEY);
  }

  private static List<MaskSpec> masks() {
    return List.of(
        new MaskSpec(MaskKind.NULL),
        new MaskSpec(MaskKind.TOKEN),
        new MaskSpec(MaskKind.REDACT),
        new MaskSpec(MaskKind.LAST4),
        new MaskSpec(MaskKind.FIRST4),
        new MaskSpec(MaskKind.PARTIAL_EMAIL),
        new MaskSpec(MaskKind.YEAR),
        new MaskSpec(MaskKind.CONSTANT, "1"),
        new MaskSpec(MaskKind.CUSTOM, "CASE WHEN id > 0 THEN NULL END"));
  }

  @Test
  void everyMaskKeepsTypeModifierAndNullOfEveryColumnItAccepts() {
    Map<MaskKind, Set<String>> accepted = new TreeMap<>();
    for (MaskSpec mask : masks()) {
      for (Column column : EVERYTHING.columns()) {
        SqlExpression expression;
        try {
          expression = MaskLibrary.apply(mask, column, EVERYTHING, () -> KEY);
        } catch (IllegalArgumentException refused) {
          continue;
        }
        accepted.computeIfAbsent(mask.kind(), kind -> new TreeSet<>()).add(column.name());
        assertThat(typeOf(expression))
            .as("%s over %s", mask, column.name())
            .isEqualTo(column.type().formatted());
        if (!column.name().equals("id")) {
          assertThat(nullRow(expression)).as("%s over %s", mask, column.name()).isEqualTo("-");
        }
      }
    }
    assertThat(accepted.get(MaskKind.NULL)).hasSameSizeAs(EVERYTHING.columns());
    assertThat(accepted.get(MaskKind.TOKEN)).containsExactly("c50", "ci", "t", "v", "v43");
    assertThat(accepted.get(MaskKind.REDACT)).containsExactly("c50", "ci", "t", "v", "v20", "v43");
    assertThat(accepted.get(MaskKind.LAST4)).isEqualTo(accepted.get(MaskKind.REDACT));
    assertThat(accepted.get(MaskKind.FIRST4)).isEqualTo(accepted.get(MaskKind.REDACT));
    assertThat(accepted.get(MaskKind.PARTIAL_EMAIL)).isEqualTo(accepted.get(MaskKind.REDACT));
    assertThat(accepted.get(MaskKind.YEAR)).containsExactly("d", "ts", "ts3", "tz", "tz0");
    assertThat(accepted.get(MaskKind.CONSTANT))
        .containsExactly(
            "c50", "ci", "f4", "f8", "i2", "i4", "i8", "id", "n", "t", "v", "v20", "v43");
  }

  private static String typeOf(SqlExpression expression) {
    return SOURCE.typeOf(SOURCE.inline(expression), "everything");
  }

  private static String nullRow(SqlExpression expression) {
    return SOURCE
        .query("select " + SOURCE.inline(expression) + " from public.everything where id = 2")
        .getFirst();
  }

  private static String masked(MaskKind kind, String value) {
    return SOURCE
        .query(
            "select "
                + SOURCE.inline(mask(new MaskSpec(kind), "texts", "value"))
                + " from (select '"
                + value.replace("'", "''")
                + "'::text as value) as one")
        .getFirst();
  }

  @Test
  void redactLeavesNoLetterOrDigitOfAnyScript() {
    assertThat(masked(MaskKind.REDACT, "Ünal 5, Жуков/李\n9")).isEqualTo("xxxx x, xxxxx/xxx");
    assertThat(masked(MaskKind.REDACT, "٣ a'b\"c\\d")).isEqualTo("x xxxxxxx");
  }

  @Test
  void partlyShownValuesHideAtLeastAsMuchAsTheyShow() {
    assertThat(masked(MaskKind.LAST4, "4111111111111234")).isEqualTo("xxxxxxxxxxxx1234");
    assertThat(masked(MaskKind.LAST4, "1234567")).isEqualTo("xxxxxxx");
    assertThat(masked(MaskKind.LAST4, "1234")).isEqualTo("xxxx");
    assertThat(masked(MaskKind.LAST4, "line1\nline2\nlast")).isEqualTo("xxxxxxxxxxxxlast");
    assertThat(masked(MaskKind.FIRST4, "line1\nline2")).isEqualTo("linexxxxxxx");
    assertThat(masked(MaskKind.FIRST4, "")).isEmpty();
  }

  @Test
  void partialEmailShowsTheDomainOnlyOfWhatLooksLikeAnAddress() {
    assertThat(masked(MaskKind.PARTIAL_EMAIL, "anna.b@example.org"))
        .isEqualTo("axxxxx@example.org");
    assertThat(masked(MaskKind.PARTIAL_EMAIL, "ab@example.org")).isEqualTo("xx@example.org");
    assertThat(masked(MaskKind.PARTIAL_EMAIL, "no address")).isEqualTo("xxxxxxxxxx");
    assertThat(masked(MaskKind.PARTIAL_EMAIL, "call me @ 555 1234")).doesNotContain("555");
    assertThat(masked(MaskKind.PARTIAL_EMAIL, "\"a@b\"@example.org")).doesNotContain("b\"");
  }

  @Test
  void yearKeepsTheYearOnly() {
    assertThat(
            SOURCE.query(
                "select "
                    + SOURCE.inline(mask(new MaskSpec(MaskKind.YEAR), "everything", "d"))
                    + " from public.everything where id = 1"))
        .containsExactly("2024-01-01");
  }

  @Test
  void aTokenIsTheHmacThatJavaComputes() throws Exception {
    byte[] key =
        new MemoryKeys().derive("mask-token", "token/" + RealSource.NAME.value() + "/analytics");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String expected =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal("Zoë@example.org".getBytes(StandardCharsets.UTF_8)));
    assertThat(masked(MaskKind.TOKEN, "Zoë@example.org")).isEqualTo(expected);
  }

  @Test
  void theTokenKeyStandsInNoStatementText() {
    SqlExpression token = mask(new MaskSpec(MaskKind.TOKEN), "texts", "value");
    String text = dev.remit.policy.expression.Grammar.write(token.tree());
    String pads = String.join(" ", token.values().stream().map(value -> value.text()).toList());
    assertThat(pads).contains(KEY.inner(), KEY.outer());
    assertThat(text).doesNotContain(KEY.inner().substring(2), KEY.outer().substring(2));
    assertThat(KEY.toString()).isEqualTo("TokenKey[secret]");
    assertThat(HexFormat.of().parseHex(KEY.inner().substring(2))).hasSize(64);
  }

  @Test
  void whatWouldBeCutIsRefused() {
    for (MaskSpec mask :
        Arrays.asList(
            new MaskSpec(MaskKind.TOKEN),
            new MaskSpec(MaskKind.CONSTANT, "more than nine"),
            new MaskSpec(MaskKind.CUSTOM, "value"),
            new MaskSpec(MaskKind.CUSTOM, "lower(short)"),
            new MaskSpec(MaskKind.CUSTOM, "short || '!'"))) {
      assertThatThrownBy(() -> mask(mask, "texts", "short"))
          .as(mask.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(mask(new MaskSpec(MaskKind.CUSTOM, "'hidden'"), "texts", "short")).isNotNull();
    assertThat(mask(new MaskSpec(MaskKind.CUSTOM, "coalesce(short, '-')"), "texts", "short"))
        .isNotNull();
  }
}
