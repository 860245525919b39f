package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Test;

/// Goal: a statement's text goes through the tree and back without a change of meaning. What
/// PostgreSQL makes of both texts is compared in the tests that run them.
class RoundTripTest {

  @Test
  void writesPostgresPrecedenceWithParentheses() {
    assertThat(written("1 + 2 * 3")).isEqualTo("(1 + (2 * 3))");
    assertThat(written("'a' || 1 + 2")).isEqualTo("('a' || (1 + 2))");
    assertThat(written("not a = b")).isEqualTo("(NOT (\"a\" = \"b\"))");
    assertThat(written("- 2 ^ 2")).isEqualTo("((- 2) ^ 2)");
    assertThat(written("$1::text")).isEqualTo("CAST($1 AS \"text\")");
  }

  @Test
  void readsItsOwnTextAsTheSameTree() {
    SqlNode node = PostgresSql.parseStatement("select a.b, count(*) from t a group by 1");
    String text = PostgresSql.write(node);
    assertThat(PostgresSql.write(PostgresSql.parseStatement(text))).isEqualTo(text);
  }

  private static String written(String expression) {
    return PostgresSql.write(PostgresSql.parseExpression(expression));
  }
}
