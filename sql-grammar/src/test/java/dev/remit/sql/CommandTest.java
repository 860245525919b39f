package dev.remit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.sql.model.Command;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Test;

/// Goal: the session's commands are read in full, all others by name.
class CommandTest {
  /// What a client may send, and the text it becomes.
  private static final Map<String, String> READ =
      Map.ofEntries(
          Map.entry("begin work", "BEGIN"),
          Map.entry(
              "start transaction isolation level read committed, read only not deferrable",
              "BEGIN ISOLATION LEVEL READ COMMITTED, READ ONLY, NOT DEFERRABLE"),
          Map.entry("end and chain", "COMMIT AND CHAIN"),
          Map.entry("abort", "ROLLBACK"),
          Map.entry("rollback work to savepoint \"A b\"", "ROLLBACK TO SAVEPOINT \"A b\""),
          Map.entry("release a", "RELEASE SAVEPOINT \"a\""),
          Map.entry("set transaction read write", "SET TRANSACTION READ WRITE"),
          Map.entry("set search_path to a, \"B c\"", "SET \"search_path\" TO 'a', 'B c'"),
          Map.entry("set local Remit.Purpose = x", "SET LOCAL \"remit\".\"purpose\" TO 'x'"),
          Map.entry("set time zone -3", "SET \"timezone\" TO '-3'"),
          Map.entry("set time zone local", "RESET \"timezone\""),
          Map.entry("set names 'utf8'", "SET \"client_encoding\" TO 'utf8'"),
          Map.entry("set role none", "SET \"role\" TO 'none'"),
          Map.entry("set x to default", "RESET \"x\""),
          Map.entry("show transaction isolation level", "SHOW \"transaction_isolation\""),
          Map.entry("discard temporary", "DISCARD TEMP"),
          Map.entry(
              "prepare p (int, text[]) as select $1",
              "PREPARE \"p\" (\"pg_catalog\".\"int4\", \"text\"[]) AS SELECT $1"),
          Map.entry("execute p (1, 'a')", "EXECUTE \"p\" (1, 'a')"),
          Map.entry("deallocate prepare all", "DEALLOCATE ALL"),
          Map.entry(
              "declare c no scroll cursor with hold for select 1",
              "DECLARE \"c\" NO SCROLL CURSOR WITH HOLD FOR SELECT 1"),
          Map.entry("fetch 10 in c", "FETCH FORWARD 10 FROM \"c\""),
          Map.entry("fetch all c", "FETCH FORWARD ALL FROM \"c\""),
          Map.entry("fetch next", "FETCH NEXT FROM \"next\""),
          Map.entry("move absolute -1 from c", "MOVE ABSOLUTE -1 FROM \"c\""),
          Map.entry("close all", "CLOSE ALL"),
          Map.entry(
              "copy t (a) to stdout with csv header delimiter as '|' force quote *",
              "COPY \"t\" (\"a\") TO STDOUT"
                  + " (\"format\" 'csv', \"header\", \"delimiter\" '|', \"force_quote\" *) "),
          Map.entry(
              "copy (select 1) to stdout (format binary)",
              "COPY (SELECT 1) TO STDOUT (\"format\" 'binary') "),
          Map.entry(
              "explain (analyze, costs off) select 1",
              "EXPLAIN (\"analyze\", \"costs\" 'off') SELECT 1"));

  private static final List<String> REFUSED_BY_NAME =
      List.of(
          "INSERT into t values (1)",
          "UPDATE t set a = 1",
          "DELETE from t",
          "MERGE into t using s on true when matched then delete",
          "CREATE TABLE t (a int)",
          "DROP VIEW v",
          "ALTER TABLE t add b int",
          "TRUNCATE t",
          "GRANT select on t to u",
          "VACUUM",
          "LISTEN c",
          "NOTIFY c",
          "LOCK table t",
          "DO $$ $$",
          "CALL p()",
          "PREPARE TRANSACTION 'x'",
          "COMMIT PREPARED 'x'",
          "COPY FROM");

  @Test
  void theSessionsCommandsAreReadInFull() {
    READ.forEach((text, written) -> {
      SqlNode command = PostgresSql.parseStatement(text);
      assertThat(command).as(text).isInstanceOf(Command.class);
      assertThat(PostgresSql.write(command)).as(text).isEqualTo(written);
      assertThat(PostgresSql.write(PostgresSql.parseStatement(written))).isEqualTo(written);
    });
  }

  @Test
  void allOtherCommandsAreKnownByName() {
    for (String text : REFUSED_BY_NAME) {
      String sent = text.equals("COPY FROM") ? "copy t from stdin" : text;
      SqlNode command = PostgresSql.parseStatement(sent);
      assertThat(command).as(text).isInstanceOf(Command.Refused.class);
      assertThat(text).startsWith(((Command.Refused) command).tag());
    }
  }

  @Test
  void writingInsideAQueryIsRefusedAsReadOnly() {
    for (String text :
        List.of(
            "with x as (delete from t returning *) select * from x",
            "with x as (select 1) insert into t select * from x",
            "select 1 into t",
            "copy (delete from t) to stdout")) {
      assertThat(refusal(text)).as(text).isEqualTo(ErrorCode.READ_ONLY);
    }
  }

  @Test
  void whatRemitDoesNotReadYetIsRefusedAsSuch() {
    for (String text :
        List.of(
            "select treat(1 as int)",
            "select merge_action()",
            "set transaction snapshot 'x'",
            "with recursive a as (select 1 as n) cycle n set c to 1 default date '2024-01-01' using"
                + " p select 1")) {
      assertThat(refusal(text)).as(text).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }
  }

  private static ErrorCode refusal(String text) {
    RemitException refused =
        catchThrowableOfType(RemitException.class, () -> PostgresSql.parseStatement(text));
    assertThat(refused).as(text).isNotNull();
    return refused.code();
  }
}
