package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;
import org.junit.jupiter.api.Test;

/// Goal: no text, however broken, large or deep, gets anything but a tree or a clear refusal.
class HostileInputTest {
  private static final int DEEP = 10_000;

  @Test
  void unterminatedTextIsASyntaxErrorAtItsStart() {
    for (String open :
        List.of(
            "'a",
            "\"a",
            "E'a",
            "E'a\\",
            "E'a\\'",
            "$$a",
            "$x$a$y$",
            "b'1",
            "x'1",
            "U&'a",
            "U&\"a",
            "/* a",
            "/* /* */",
            "n'a",
            "'a''")) {
      RemitException refused = refusal("select " + open);
      assertThat(refused.code()).as(open).isEqualTo(ErrorCode.SYNTAX_ERROR);
      assertThat(refused.getMessage()).as(open).startsWith("unterminated");
    }
  }

  @Test
  void unterminatedStructureIsASyntaxErrorAtItsEnd() {
    for (String open :
        List.of(
            "(",
            "(1",
            "case",
            "case when 1",
            "case when 1 then 2",
            "array[",
            "array[1",
            "f(",
            "f(1,",
            "cast(1",
            "cast(1 as",
            "1 +",
            "1::",
            "a.",
            "a[",
            "a[1:",
            "not",
            "1 between 2",
            "1 in (",
            "exists (",
            "1 from",
            "1 from (",
            "1 from a join",
            "1 from a join b on",
            "1 group by",
            "1 order by",
            "1 limit",
            "f() over",
            "f() over (",
            "f() filter (where",
            "extract(year",
            "1 union",
            "1 where")) {
      RemitException refused = refusal("select " + open);
      assertThat(refused.code()).as(open).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }
  }

  @Test
  void tenMegabytesAreTooLarge() {
    assertThat(refusal("select '" + "x".repeat(10_000_000) + "'").code())
        .isEqualTo(ErrorCode.STATEMENT_TOO_LARGE);
    assertThat(refusal("select '" + "é".repeat(600_000) + "'").code())
        .isEqualTo(ErrorCode.STATEMENT_TOO_LARGE);
  }

  @Test
  void tenThousandLevelsAreTooDeep() {
    for (String deep :
        List.of(
            "(".repeat(DEEP) + "1" + ")".repeat(DEEP),
            "(".repeat(DEEP),
            "- ".repeat(DEEP) + "1",
            "not ".repeat(DEEP) + "true",
            "case when ".repeat(DEEP),
            "f(".repeat(DEEP),
            "array[" + "[".repeat(DEEP),
            "(select ".repeat(DEEP) + "1" + ")".repeat(DEEP),
            "1 from " + "(".repeat(DEEP),
            "1 from " + "(select 1 from ".repeat(DEEP),
            "1 from a " + "join b ".repeat(DEEP),
            "1 union select ".repeat(DEEP) + "1",
            "1" + " + 1".repeat(DEEP),
            "'a'" + " || 'a'".repeat(DEEP),
            "1" + "::int".repeat(DEEP),
            "a" + "[1]".repeat(DEEP),
            "1" + " is null".repeat(DEEP),
            "1 group by " + "grouping sets (".repeat(DEEP))) {
      RemitException refused = refusal("select " + deep);
      assertThat(refused.code())
          .as(deep.substring(0, 20))
          .isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
    }
    assertThat(refusal("explain ".repeat(DEEP)).code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
    assertThat(refusal("prepare a as ".repeat(DEEP)).code())
        .isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
  }

  @Test
  void whatIsAllowedToBeDeepFitsTheStackOfAVirtualThread() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          for (String deep :
              List.of(
                  "(".repeat(240) + "1" + ")".repeat(240),
                  "(select ".repeat(80) + "1" + ")".repeat(80),
                  "f(".repeat(80) + "1" + ")".repeat(80),
                  "1" + " + 1".repeat(590))) {
            SqlNode tree = PostgresSql.parseStatement("select " + deep);
            PostgresSql.write(Objects.requireNonNull(tree.accept(new SqlShuttle())));
          }
        };
    Thread.ofVirtual()
        .uncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown))
        .start(work)
        .join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void longListsAndChainsOfConditionsAreFine() {
    for (String wide :
        List.of(
            "1" + ", 1".repeat(DEEP),
            "1 where a = 0" + " or a = 1".repeat(DEEP),
            "1 where a = 0" + " and a = 1".repeat(DEEP),
            "1 where a in (1" + ", 1".repeat(DEEP) + ")",
            "1 from a" + ", a".repeat(DEEP),
            "array[1" + ", 1".repeat(DEEP) + "]",
            "case" + " when true then 1".repeat(DEEP) + " end",
            "/* " + "/* ".repeat(DEEP) + "*/ ".repeat(DEEP) + "*/ 1")) {
      String text = "select " + wide;
      assertThatCode(() -> PostgresSql.write(PostgresSql.parseStatement(text)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void charactersPostgresCannotHoldAreRefused() {
    for (String broken : List.of("'a\0b'", "'\ud800'", "'\udc00x'", "\ud800", "a\udfff")) {
      assertThat(refusal("select " + broken).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }
    for (String broken : List.of("E'\\0'", "E'\\x00'", "E'\\ud800'", "E'\\xff'", "U&'\\0000'")) {
      assertThat(refusal("select " + broken).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    }
  }

  @Test
  void aNameIsShortenedAsPostgresShortensIt() {
    String name = "n".repeat(63);
    assertThat(written("select " + name + "n")).isEqualTo(written("select " + name));
    assertThat(written("select \"" + "é".repeat(32) + "\""))
        .isEqualTo(written("select \"" + "é".repeat(31) + "\""));
  }

  private static String written(String sql) {
    return PostgresSql.write((SqlNode) PostgresSql.parseStatement(sql));
  }

  @Test
  void everyBeginningOfAStatementIsATreeOrARefusal() {
    String whole =
        "with a as (select $1::int[] x, E'\\n' || $$b$$ from t.\"T\" as c (d) where e is not null)"
            + " select distinct on (f) *, g.*, count(*) filter (where h) over (partition by i"
            + " order by j rows between 1 preceding and current row) k from a left join lateral"
            + " unnest(x) with ordinality l(m, n) on true group by rollup (o), p having q"
            + " between r and s order by t desc nulls last limit 1 offset 2";
    for (int end = 0; end <= whole.length(); end++) {
      String part = whole.substring(0, end);
      try {
        PostgresSql.write(PostgresSql.parseStatement(part));
      } catch (RemitException refused) {
        assertThat(refused.code()).as(part).isEqualTo(ErrorCode.SYNTAX_ERROR);
      }
    }
  }

  private static RemitException refusal(String text) {
    RemitException refused =
        catchThrowableOfType(RemitException.class, () -> PostgresSql.parseStatement(text));
    assertThat(refused).as(text.substring(0, Math.min(60, text.length()))).isNotNull();
    return refused;
  }
}
