package dev.remit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Goal: the system's psql works through the proxy as it does directly: simple protocol,
/// transactions, settings, errors.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PsqlTest {
  private ProxyFixture proxy;

  @BeforeAll
  void start() {
    proxy = new ProxyFixture();
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @Test
  void rowsComeBack() {
    assertThat(proxy.psql("select 1 as a, 'x' as b; select null;", "-At")).isEqualTo("1|x\n\n");
  }

  @Test
  void severalStatementsInOneMessageRunInOrderAndStopAtTheFirstError() {
    assertThat(proxy.psql("", "-At", "-c", "select 1; select 1/0; select 3"))
        .isEqualTo("1\nERROR:  division_by_zero\n");
  }

  @Test
  void aRefusalKeepsItsPositionAndTheSessionGoesOn() {
    assertThat(proxy.psql("select *\nfrom forbidden;\nselect 2;", "-At"))
        .isEqualTo(
            """
            ERROR:  relation "forbidden" does not exist
            LINE 2: from forbidden;
                         ^
            2
            """);
  }

  @Test
  void anErrorOfParseKeepsItsMessageAndPosition() {
    assertThat(proxy.psql("select nothing_here;", "-At"))
        .isEqualTo(
            """
            ERROR:  column "nothing_here" does not exist
            LINE 1: select nothing_here;
                           ^
            """);
  }

  @Test
  void laterErrorsSayOnlyTheirCondition() {
    assertThat(proxy.psql("\\set VERBOSITY verbose\nselect ('secret' || '1')::int;", "-At"))
        .isEqualTo("ERROR:  22P02: invalid_text_representation\n");
  }

  @Test
  void whatASourceSaysBesideTheAnswerIsNotPassedOn() throws Exception {
    proxy.database.execute(
        """
        create function public.gossip() returns integer language plpgsql
          as 'begin raise notice ''a secret''; raise warning ''another''; return 1; end';
        """);
    assertThat(proxy.psql("set client_min_messages = notice; select public.gossip();", "-At"))
        .isEqualTo("SET\n1\n");
  }

  @Test
  void aRefusalInsideATransactionFailsIt() {
    assertThat(
            proxy.psql(
                """
                begin;
                select 1;
                select forbidden;
                select 2;
                commit;
                select 3;
                """,
                "-At"))
        .isEqualTo(
            """
            BEGIN
            1
            ERROR:  relation "forbidden" does not exist
            LINE 1: select forbidden;
                           ^
            ERROR:  current transaction is aborted, commands ignored until end of transaction block
            ROLLBACK
            3
            """);
  }

  @Test
  void aSavepointLeadsOutOfAFailedTransaction() {
    assertThat(
            proxy.psql("begin; savepoint s; select 1/0; rollback to s; select 5; commit;", "-At"))
        .isEqualTo("BEGIN\nSAVEPOINT\nERROR:  division_by_zero\nROLLBACK\n5\nCOMMIT\n");
  }

  @Test
  void transactionsAreReadOnlyAndReadCommitted() {
    assertThat(
            proxy.psql(
                "begin; select current_setting('transaction_read_only'),"
                    + " current_setting('transaction_isolation'); commit;"
                    + " select current_setting('transaction_read_only');",
                "-At"))
        .isEqualTo("BEGIN\non|read committed\nCOMMIT\non\n");
  }

  @Test
  void settingsFollowTheSessionNotTheConnection() {
    assertThat(
            proxy.psql(
                """
                set timezone to 'Asia/Tokyo';
                show timezone;
                select extract(timezone from now());
                reset timezone;
                select current_setting('TimeZone') = 'Asia/Tokyo';
                """,
                "-At"))
        .isEqualTo("SET\nAsia/Tokyo\n32400\nRESET\nf\n");
  }

  @Test
  void aSettingSetInsideIsUndoneByRollback() {
    assertThat(
            proxy.psql(
                """
                begin;
                set timezone to 'Asia/Tokyo';
                show timezone;
                rollback;
                select current_setting('TimeZone') = 'Asia/Tokyo';
                begin;
                set local timezone to 'Asia/Tokyo';
                select current_setting('TimeZone');
                commit;
                select current_setting('TimeZone') = 'Asia/Tokyo';
                """,
                "-At"))
        .isEqualTo("BEGIN\nSET\nAsia/Tokyo\nROLLBACK\nf\nBEGIN\nSET\nAsia/Tokyo\nCOMMIT\nf\n");
  }

  @Test
  void unknownSettingsAndValuesAreRefused() {
    assertThat(
            proxy.psql("set work_mem to '1GB'; set timezone to 'Nowhere/Land'; select 1;", "-At"))
        .contains("the setting \"work_mem\" is not available")
        .contains("refused the value of the setting TimeZone")
        .endsWith("1\n");
  }

  @Test
  void aPurposeIsDeclaredAndRefusedNamingTheOpenOnes() {
    assertThat(
            proxy.psql(
                """
                set remit.purpose = 'analytics';
                show remit.purpose;
                set remit.purpose = 'marketing';
                set remit.purpose = 'nonsense';
                reset remit.purpose;
                show remit.purpose;
                """,
                "-At"))
        .isEqualTo(
            """
            SET
            analytics
            ERROR:  the purpose marketing is not open to you; open to you: analytics, service
            ERROR:  there is no purpose nonsense; open to you: analytics, service
            RESET

            """);
  }

  @Test
  void preparedStatementsLiveInTheSession() {
    assertThat(
            proxy.psql(
                """
                prepare p (int, text) as select $1 + 1, $2;
                execute p (41, 'x');
                deallocate p;
                execute p (1, 'y');
                """,
                "-At"))
        .isEqualTo("PREPARE\n42|x\nDEALLOCATE\nERROR:  prepared statement \"p\" does not exist\n");
  }

  @Test
  void cursorsReadForward() {
    assertThat(
            proxy.psql(
                """
                begin;
                declare c cursor for select generate_series(1, 10);
                fetch 2 from c;
                move 3 from c;
                fetch 1 from c;
                close c;
                fetch 1 from c;
                rollback;
                declare d cursor for select 1;
                """,
                "-At"))
        .isEqualTo(
            """
            BEGIN
            DECLARE CURSOR
            1
            2
            MOVE 3
            6
            CLOSE CURSOR
            ERROR:  cursor "c" does not exist
            ROLLBACK
            ERROR:  DECLARE CURSOR can only be used in transaction blocks
            """);
  }

  @Test
  void wrongPasswordAndUnknownUserAreToldAlike() {
    assertThat(proxy.psql("", "-U", "nobody").replace("nobody", "analyst"))
        .contains("password authentication failed for user \"analyst\"");
  }

  @Test
  void unknownSourcesAndPurposesAreRefusedAtTheLogIn() {
    assertThat(proxy.psql("", "-d", "elsewhere")).contains("database \"elsewhere\" does not exist");
    assertThat(proxy.psql("", "-d", "dbname=crm options='-c remit.purpose=marketing'"))
        .contains("open to you: analytics, service");
    assertThat(
            proxy.psql(
                "show remit.purpose", "-At", "-d", "dbname=crm options='-c remit.purpose=service'"))
        .isEqualTo("service\n");
  }

  @Test
  void everyStatementLeavesIntentAndOutcome() {
    proxy.log.clear();
    proxy.psql("select 1; select forbidden;", "-At");
    assertThat(proxy.log)
        .extracting(entry -> entry.kind() + " " + entry.fields().getOrDefault("sqlState", ""))
        .containsExactly(
            "access.intent ", "access.outcome 00000", "access.intent ", "access.outcome 42P01");
    assertThat(proxy.log.getFirst().fields())
        .containsEntry("principal", "analyst")
        .containsEntry("statement", "select ?");
  }

  @Test
  void aStatementThatReachesNoRelationLeavesOneEntryWithoutItsValues() {
    proxy.log.clear();
    proxy.psql(
        """
        set remit.purpose = 'service';
        show timezone;
        set nonsense = 1;
        begin;
        declare c cursor for select 1;
        close c;
        rollback;
        """,
        "-At");
    assertThat(proxy.log)
        .extracting(entry -> entry.kind() + " " + entry.fields().getOrDefault("command", ""))
        .containsExactly(
            "access.session SET remit.purpose",
            "access.session SHOW TimeZone",
            "access.intent ",
            "access.outcome ",
            "access.session BEGIN",
            "access.session DECLARE",
            "access.session CLOSE",
            "access.session ROLLBACK");
    assertThat(proxy.log.getFirst().fields()).doesNotContainValue("service");
    assertThat(proxy.log.getLast().fields()).containsEntry("purpose", "service");
  }
}
