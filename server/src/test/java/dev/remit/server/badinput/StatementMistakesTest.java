package dev.remit.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.CommandRun;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A wrong log-in or statement is told what is wrong and what would be right. The session goes on
/// with its next statement, and the refused one is on the record.
final class StatementMistakesTest {
  private static final int DEEP = 10_000;
  private static final String TOO_DEEP = "levels deep; split it";
  private static final String THE_NEXT =
      "select 'the next: ' || min(id) from people where region = 'EU';\n";

  private static GovernedStack remit;

  @BeforeAll
  static void start() throws IOException {
    remit = GovernedStack.start();
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id integer primary key, email text, region text not null);
        insert into people select i, 'raw' || i || '@example.org', 'EU' from generate_series(1, 30) i;
        create table hidden (id integer primary key);
        """);
    remit.addSource("shop", database);
    remit.apply(
        "shop",
        """
        purposes:
          analytics: {title: Analytics, basis: contract, description: Reports}
          service: {title: Service, basis: contract, description: Answer a customer}
        policies:
          - name: people
            tables: [public.people]
            columns: [id, region]
            to: {groups: [analysts]}
            for: [analytics]
        """);
    remit.addUser("reader", "analysts");
  }

  @AfterAll
  static void stop() {
    remit.close();
  }

  /// @param state SQLSTATE the client sees
  /// @param message what she is told
  /// @param recorded name of the refusal in the access record
  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsNamedRecordedAndTheSessionGoesOn(
      String name, String statement, String state, String message, String recorded)
      throws Exception {
    String said =
        remit.psql(
            "reader",
            "shop",
            "analytics",
            "\\set VERBOSITY verbose\n" + statement + ";\n" + THE_NEXT);
    assertThat(said).contains("ERROR:  " + state + ": ").contains(message);
    assertThat(said).contains("the next: 1").doesNotContain("FATAL");
    assertThat(latestAccesses(3)).contains("refused").contains(recorded);
  }

  static Stream<Arguments> mistakes() {
    return Stream.concat(typed(), generated());
  }

  private static Stream<Arguments> typed() {
    return Stream.of(
        Arguments.of(
            "unknown table",
            "select * from poeple",
            "42P01",
            "\"poeple\" does not exist",
            "UNKNOWN_TABLE"),
        Arguments.of(
            "hidden table",
            "select * from hidden",
            "42P01",
            "\"hidden\" does not exist",
            "UNKNOWN_TABLE"),
        Arguments.of(
            "unknown column",
            "select emial from people",
            "42703",
            "does not exist",
            "UNKNOWN_COLUMN"),
        Arguments.of(
            "hidden column",
            "select email from people",
            "42703",
            "does not exist",
            "UNKNOWN_COLUMN"),
        Arguments.of(
            "unparsable", "selct id from people", "42601", "at or near \"selct\"", "SYNTAX_ERROR"),
        Arguments.of(
            "half a statement", "select id from", "42601", "at end of input", "SYNTAX_ERROR"),
        Arguments.of(
            "unknown setting", "set sarch_path = 'x'", "42704", "sarch_path", "UNKNOWN_SETTING"),
        Arguments.of("write", "delete from people", "25006", "DELETE", "READ_ONLY"),
        Arguments.of(
            "unknown purpose",
            "set remit.purpose = 'analitics'",
            "22023",
            "there is no purpose analitics; open to you: analytics",
            "UNKNOWN_PURPOSE"),
        Arguments.of(
            "purpose not open",
            "set remit.purpose = 'service'",
            "42501",
            "the purpose service is not open to you; open to you: analytics",
            "PURPOSE_NOT_OPEN"),
        Arguments.of(
            "no purpose",
            "set remit.purpose = ''; select id from people; set remit.purpose = 'analytics'",
            "42501",
            "declare a purpose first: SET remit.purpose = '…'; open to you: analytics",
            "PURPOSE_REQUIRED"),
        Arguments.of(
            "10 MB",
            "select '" + "x".repeat(10_000_000) + "' from people",
            "54000",
            "is over the bound of 1048576 bytes; bind large values as parameters",
            "STATEMENT_TOO_LARGE"));
  }

  private static Stream<Arguments> generated() {
    return Stream.of(
        deep("parentheses", "(", "1", ")"),
        deep("negations", "not ", "true", ""),
        deep("signs", "- ", "1", ""),
        deep("calls", "abs(", "1", ")"),
        deep("subqueries", "(select ", "1", ")"),
        deep("derived tables", "* from (select ", "1", ") t"),
        deep("arrays", "array[", "1", "]"),
        deep("cases", "case when true then ", "1", " end"),
        deep("sums", "", "1", " + 1"),
        deep("casts", "", "'1'", "::text"),
        deep("unions", "", "1", " union all select 1"));
  }

  private static Arguments deep(String name, String before, String core, String after) {
    return Arguments.of(
        "10,000 " + name,
        "select " + before.repeat(DEEP) + core + after.repeat(DEEP),
        "54001",
        TOO_DEEP,
        "STATEMENT_TOO_COMPLEX");
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreToldAlike() throws Exception {
    assertThat(logIn("nobody", "shop", "analytics"))
        .contains("FATAL:  password authentication failed for user \"nobody\"");
    CommandRun added =
        CommandRun.of(
            remit.remit().folder().root(),
            Map.of("REMIT_USER_PASSWORD", "not what she types"),
            "user",
            "add",
            "forgetful",
            "--group",
            "analysts");
    assertThat(added.exit()).as(added.err()).isZero();
    assertThat(logIn("forgetful", "shop", "analytics"))
        .contains("FATAL:  password authentication failed for user \"forgetful\"");
    assertThat(logIn("reader", "shop", "analytics")).contains("the next: 1");
  }

  @Test
  void aLogInThatDeclaresWhatThereIsNotIsToldWhatThereIs() throws Exception {
    assertThat(logIn("reader", "shop", "analitics"))
        .contains("FATAL:  there is no purpose analitics; open to you: analytics");
    assertThat(logIn("reader", "shop", "service"))
        .contains("FATAL:  the purpose service is not open to you; open to you: analytics");
    assertThat(logIn("reader", "shp", "analytics"))
        .contains("FATAL:  database \"shp\" does not exist; the database name is the name of a");
    assertThat(logIn("reader", "shop", "analytics")).contains("the next: 1");
  }

  @Test
  void aMistakeInsideATransactionFailsItUntilItIsRolledBack() throws Exception {
    String said =
        remit.psql(
            "reader",
            "shop",
            "analytics",
            """
            \\set VERBOSITY verbose
            begin;
            select id from poeple;
            select id from people;
            rollback;
            """
                + THE_NEXT);
    assertThat(said)
        .contains("ERROR:  42P01: ")
        .contains("ERROR:  25P02: ")
        .contains("the next: 1");
  }

  private static String logIn(String user, String source, String purpose) throws Exception {
    return remit.psql(user, source, purpose, THE_NEXT);
  }

  private static String latestAccesses(int number) {
    return CommandRun.of(
            remit.remit().folder().root(), Map.of(), "access", "list", "--limit", "" + number)
        .out();
  }
}
