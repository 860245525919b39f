package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.proxy.govern.AllowLists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Goal: a function that is allowed because an operator or an index runs it is as harmless as they
/// are, in every overload that a real PostgreSQL has.
class FunctionListTest {
  /// Pseudo-types that stand for types of values.
  private static final List<String> ANY =
      List.of(
          "anyelement",
          "anyarray",
          "anyrange",
          "anymultirange",
          "anyenum",
          "anynonarray",
          "anycompatible",
          "anycompatiblearray",
          "anycompatiblenonarray",
          "anycompatiblerange",
          "anycompatiblemultirange");

  private static final String UNFIT =
      """
      with plain as (
        select oid from pg_type where typnamespace = 'pg_catalog'::regnamespace and typname = any(?)),
      types as (
        select oid from plain union select typarray from pg_type where oid in (select oid from plain))
      select p.oid::regprocedure::text from pg_proc p
      where pronamespace = 'pg_catalog'::regnamespace and proname = any(?)
        and not (prokind = 'f' and provolatile in ('i', 's') and not proretset
          and prolang = (select oid from pg_language where lanname = 'internal')
          and prorettype in (select oid from types)
          and not exists (select from unnest(proargtypes) a where a not in (select oid from types)))
      """;

  @Test
  void functionsBehindOperatorsAreInternalPureAndOfBuiltInTypes() throws Exception {
    List<String> names = words("behind-operators.txt");
    List<String> types = Stream.concat(words("types.txt").stream(), ANY.stream()).toList();
    assertThat(names).hasSizeGreaterThan(900);
    assertThat(column(UNFIT, types, names)).isEmpty();
  }

  @Test
  void theirSymbolsAreAllowedToo() throws Exception {
    List<String> symbols =
        column(
            "select distinct oprname from pg_operator join pg_proc p on p.oid = oprcode"
                + " where p.proname = any(?) or p.proname = any(?)",
            words("behind-operators.txt"),
            List.of());
    AllowLists lists = AllowLists.load();
    assertThat(symbols).isNotEmpty().allMatch(lists::isOperator);
  }

  private static List<String> column(String sql, List<String> first, List<String> second)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = TestPostgres.createDatabase().connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", first.toArray()));
      statement.setArray(2, connection.createArrayOf("text", second.toArray()));
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static List<String> words(String file) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(AllowLists.class.getResourceAsStream(file), file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .flatMap(line -> Stream.of(line.split(" ")))
          .filter(word -> !word.isBlank())
          .toList();
    }
  }
}
