package dev.remit.proxy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.proxy.model.CopyOptions;
import dev.remit.proxy.model.PlannedStatement;
import dev.remit.proxy.model.PlannedStatement.Transaction.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goal: the session's own commands reach it as what they mean; queries inside them are governed.
class SessionCommandsTest {
  private static GovernedDatabase shop;

  @BeforeAll
  static void start() {
    shop = Shop.governed();
  }

  @AfterAll
  static void stop() throws Exception {
    shop.close();
  }

  @Test
  void nothingIsEmpty() {
    assertThat(shop.plan(" -- a comment\n ;")).isEqualTo(new PlannedStatement.Empty());
    assertThat(shop.planner().split("select 1; select ';' ;; -- x"))
        .containsExactly("select 1", "select ';'");
    assertThat(shop.planner().split("")).containsExactly("");
  }

  @Test
  void settings() {
    assertThat(shop.plan("set remit.purpose = 'service'"))
        .isEqualTo(
            new PlannedStatement.SetSetting("remit.purpose", List.of("service"), false, false));
    assertThat(shop.plan("set local search_path to a, \"B\""))
        .isEqualTo(new PlannedStatement.SetSetting("search_path", List.of("a", "B"), true, false));
    assertThat(shop.plan("show server_version"))
        .isEqualTo(new PlannedStatement.ShowSetting("server_version"));
    assertThat(shop.plan("reset all")).isEqualTo(new PlannedStatement.ResetSetting("all"));
    assertThat(shop.plan("discard all")).isEqualTo(new PlannedStatement.Discard("all"));
  }

  @Test
  void transactions() {
    assertThat(shop.plan("begin read only"))
        .isEqualTo(new PlannedStatement.Transaction(Action.BEGIN, Optional.empty()));
    assertThat(shop.plan("start transaction isolation level read committed"))
        .isEqualTo(new PlannedStatement.Transaction(Action.BEGIN, Optional.empty()));
    assertThat(shop.plan("end"))
        .isEqualTo(new PlannedStatement.Transaction(Action.COMMIT, Optional.empty()));
    assertThat(shop.plan("savepoint a"))
        .isEqualTo(new PlannedStatement.Transaction(Action.SAVEPOINT, Optional.of("a")));
    assertThat(shop.plan("rollback to a"))
        .isEqualTo(new PlannedStatement.Transaction(Action.ROLLBACK_TO, Optional.of("a")));
  }

  @Test
  void preparedStatements() {
    PlannedStatement.Prepare prepare =
        (PlannedStatement.Prepare)
            shop.plan("prepare p (int, text) as select name from customers where id = $1");
    assertThat(prepare.name()).isEqualTo("p");
    assertThat(prepare.parameterTypes()).containsExactly("int4", "text");
    assertThat(prepare.body()).isEqualTo("select name from customers where id = $1");
    assertThat(shop.plan("execute p (5, 'it''s', null, -3)"))
        .isEqualTo(
            new PlannedStatement.ExecutePrepared(
                "p",
                List.of(
                    Optional.of("5"), Optional.of("it's"), Optional.empty(), Optional.of("-3"))));
    assertThat(shop.plan("deallocate p"))
        .isEqualTo(new PlannedStatement.Deallocate(Optional.of("p")));
  }

  @Test
  void cursorsAndCopiesHoldGovernedQueries() {
    PlannedStatement.DeclareCursor cursor =
        (PlannedStatement.DeclareCursor)
            shop.plan("declare c binary cursor for select email from customers");
    assertThat(cursor.binary()).isTrue();
    assertThat(cursor.query().sql()).contains("md5");
    assertThat(shop.plan("fetch forward 10 from c"))
        .isEqualTo(new PlannedStatement.Fetch("c", 10, false));
    assertThat(shop.plan("move all in c")).isEqualTo(new PlannedStatement.Fetch("c", -1, true));
    PlannedStatement.CopyOut copy =
        (PlannedStatement.CopyOut)
            shop.plan("copy customers (id, email) to stdout (format csv, header, delimiter ';')");
    assertThat(copy.query().sql()).contains("md5");
    assertThat(copy.options())
        .isEqualTo(new CopyOptions(CopyOptions.Format.CSV, ';', "", true, '"', '"', false));
  }

  @Test
  void setConfigAloneIsSet() {
    for (String sql :
        List.of(
            "select set_config('TimeZone', 'UTC', false)",
            "select pg_catalog.set_config('TimeZone', 'UTC', false) as x",
            "select set_config('TimeZone', 'UTC', false) from pg_show_all_settings() where name ="
                + " 'TimeZone'")) {
      assertThat(shop.plan(sql))
          .isEqualTo(new PlannedStatement.SetSetting("TimeZone", List.of("UTC"), false, true));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select set_config('TimeZone', 'UTC', false), 1",
        "select set_config('TimeZone', name, false) from customers",
        "select set_config('TimeZone', 'UTC', false) from customers",
        "select set_config('TimeZone', $1, false)",
        "select 1 where set_config('TimeZone', 'UTC', false) is null"
      })
  void setConfigAmongOtherThingsIsRefused(String sql) {
    assertThatThrownBy(() -> shop.plan(sql))
        .isInstanceOfSatisfying(
            RemitException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_FUNCTION));
  }
}
