package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;

/// Goal: a change of policy, user, token, tag or source is in force for the next statement on
/// connections that are open already, whatever the client had prepared or half read before.
class PolicyChangeTest {
  private static final String GOVERNANCE =
      """
      purposes:
        work: {title: Work, basis: contract, description: to test}
        audit: {title: Audit, basis: contract, description: to test}
      tables:
        public.people: {columns: {email: {tags: [contact.email]}, note: {tags: [text.free]}}}
      policies:
        - name: people
          tables: [public.people]
          columns: [%s]
          to: {groups: [staff]}
          for: [work]
          %s
        - name: audit
          tables: [public.people]
          to: {groups: [staff]}
          for: [audit]
          masks: [{columns: [email], with: redact}]
      """;
  private static final String ALL = "'*'";
  private static final String MASKED = "masks: [{tags: [contact.email], with: redact}]";
  private static final String CLEAR = "";
  private static final String ROWS = "rows: \"id > 500\"";

  private static GovernedStack stack;
  private static TestPostgres.Address database;

  @BeforeAll
  static void start() throws IOException {
    database = TestPostgres.createDatabase();
    database.execute(
        """
        create table people (id int primary key, email text, note text);
        insert into people select i, 'p' || i || '@example.org', 'note ' || i
        from generate_series(1, 1000) i\
        """);
    stack = GovernedStack.start();
    stack.addSource("crm", database);
    stack.addUser("ann", "staff");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void everybodySeesEverything() throws IOException {
    apply(ALL, CLEAR);
  }

  private static void apply(String columns, String obligations) throws IOException {
    stack.apply("crm", GOVERNANCE.formatted(columns, obligations));
  }

  @Test
  void anIdleConnectionSeesItInItsNextStatement() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "select email from people where id = 7"))
          .isEqualTo("p7@example.org");
      apply(ALL, MASKED);
      assertThat(one(statement, "select email from people where id = 7"))
          .isEqualTo("xx@xxxxxxx.xxx");
      apply(ALL, ROWS);
      assertThat(one(statement, "select count(*) from people")).isEqualTo("500");
      apply("id", CLEAR);
      refused("42703", () -> statement.execute("select email from people"));
      stack.run("policy", "remove", "crm", "people");
      refused("42P01", () -> statement.execute("select id from people"));
    }
  }

  @Test
  void anOpenTransactionSeesItToo() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      assertThat(one(statement, "select count(*) from people")).isEqualTo("1000");
      apply(ALL, ROWS);
      assertThat(one(statement, "select count(*) from people")).isEqualTo("500");
    }
  }

  @Test
  void aPreparedStatementIsDecidedAnew() throws Exception {
    try (Connection connection = connect();
        PreparedStatement prepared = prepare(connection, "select email from people where id = ?")) {
      for (int i = 0; i < 3; i++) {
        assertThat(one(prepared)).isEqualTo("p7@example.org");
      }
      apply(ALL, MASKED);
      assertThat(one(prepared)).isEqualTo("xx@xxxxxxx.xxx");
      apply(ALL, ROWS);
      assertThat(one(prepared)).isEqualTo("no row");
      apply(ALL, CLEAR);
      assertThat(one(prepared)).isEqualTo("p7@example.org");
    }
  }

  @Test
  void aPreparedStatementWhoseResultChangedIsRefusedAndThenPreparedAgain() throws Exception {
    try (Connection connection = connect();
        PreparedStatement prepared = prepare(connection, "select * from people where id = ?")) {
      connection.setAutoCommit(false);
      assertThat(one(prepared)).isEqualTo("7");
      assertThat(one(prepared)).isEqualTo("7");
      apply("id, note", CLEAR);
      refused("0A000", prepared::executeQuery);
      connection.rollback();
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void aStatementPreparedBySqlIsDecidedAtItsExecution() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("prepare mail(int) as select email from people where id = $1");
      assertThat(one(statement, "execute mail(7)")).isEqualTo("p7@example.org");
      apply(ALL, MASKED);
      assertThat(one(statement, "execute mail(7)")).isEqualTo("xx@xxxxxxx.xxx");
      apply("id", CLEAR);
      refused("42703", () -> statement.execute("execute mail(7)"));
    }
  }

  @Test
  void aPreparedStatementFollowsThePurpose() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = prepare(connection, "select email from people where id = ?")) {
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      statement.execute("set remit.purpose = 'audit'");
      assertThat(one(prepared)).isEqualTo("xx@xxxxxxx.xxx");
      statement.execute("reset remit.purpose");
      assertThat(one(prepared)).isEqualTo("p7@example.org");
    }
  }

  @Test
  void aSuspendedPortalEndsWhenItsDecisionChanged() throws Exception {
    for (String change : List.of(MASKED, ROWS)) {
      apply(ALL, CLEAR);
      try (Connection connection = connect();
          PreparedStatement reading = reading(connection);
          ResultSet rows = reading.executeQuery()) {
        assertThat(read(rows, 10)).hasSize(10);
        apply(ALL, change);
        refused("55000", () -> read(rows, 10));
        String id = stack.run("access", "list", "--refused").lines().toList().get(1).split(" ")[0];
        assertThat(stack.run("access", "explain", id))
            .contains("DECISION_CHANGED", "public.people: allow (policy")
            .containsPattern("tables +public.people");
      }
    }
  }

  @Test
  void aSuspendedPortalGoesOnWhenTheChangeIsNotAboutIt() throws Exception {
    try (Connection connection = connect();
        PreparedStatement reading = reading(connection);
        ResultSet rows = reading.executeQuery()) {
      assertThat(read(rows, 10)).hasSize(10);
      stack.addUser("newcomer" + System.nanoTime(), "others");
      assertThat(read(rows, 990)).hasSize(990);
    }
  }

  @Test
  void aSuspendedPortalDoesNotOutliveItsPurpose() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        PreparedStatement reading = reading(connection);
        ResultSet rows = reading.executeQuery()) {
      assertThat(read(rows, 10)).hasSize(10);
      statement.execute("set remit.purpose = 'audit'");
      refused("55000", () -> read(rows, 10));
    }
  }

  @Test
  void aCursorEndsWhenItsDecisionChangedAndElseGoesOn() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("declare c cursor for select email from people order by id");
      assertThat(all(statement, "fetch 2 from c"))
          .containsExactly("p1@example.org", "p2@example.org");
      stack.addUser("newcomer" + System.nanoTime(), "others");
      assertThat(all(statement, "fetch 2 from c"))
          .containsExactly("p3@example.org", "p4@example.org");
      apply(ALL, MASKED);
      refused("55000", () -> statement.execute("fetch 2 from c"));
      connection.rollback();
      statement.execute("declare c cursor for select email from people order by id");
      assertThat(all(statement, "fetch 1 from c")).containsExactly("xx@xxxxxxx.xxx");
    }
  }

  @Test
  void aTagThatIsGivenMasksOnOpenConnections() throws Exception {
    String masksText = GOVERNANCE.formatted(ALL, "masks: [{tags: [text], with: 'null'}]");
    stack.apply("crm", masksText);
    try (Connection connection = connect();
        PreparedStatement prepared = prepare(connection, "select email from people where id = ?");
        Connection other = connect();
        PreparedStatement reading = reading(other);
        ResultSet rows = reading.executeQuery()) {
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      assertThat(read(rows, 10)).hasSize(10);
      stack.apply("crm", masksText.replace("tags: [contact.email]", "tags: [text.free]"));
      assertThat(one(prepared)).isEqualTo("null");
      refused("55000", () -> read(rows, 10));
    }
  }

  @Test
  void aRemovedUserIsRefusedOnHerOpenConnections() throws Exception {
    stack.addUser("tom", "staff");
    try (Connection connection = stack.connect("tom", "crm", "work");
        Statement statement = connection.createStatement();
        Connection other = stack.connect("tom", "crm", "work");
        PreparedStatement prepared = prepare(other, "select email from people where id = ?");
        Connection third = stack.connect("tom", "crm", "work");
        PreparedStatement reading = reading(third);
        ResultSet rows = reading.executeQuery()) {
      assertThat(one(statement, "select count(*) from people")).isEqualTo("1000");
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      assertThat(read(rows, 10)).hasSize(10);
      stack.run("user", "remove", "tom");
      refused("28000", () -> statement.execute("select count(*) from people"));
      refused("28000", () -> statement.execute("select 1"));
      refused("28000", prepared::executeQuery);
      refused("28000", () -> read(rows, 10));
    }
  }

  @Test
  void aUserAddedAnewIsNotTheOneWhoLoggedInUnderHerName() throws Exception {
    stack.addUser("eve", "staff");
    try (Connection connection = stack.connect("eve", "crm", "work");
        PreparedStatement prepared = prepare(connection, "select email from people where id = ?");
        Statement statement = connection.createStatement()) {
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      stack.run("user", "remove", "eve");
      stack.addUser("eve", "staff");
      refused("28000", prepared::executeQuery);
      refused("28000", () -> statement.execute("select 1"));
      try (Connection anew = stack.connect("eve", "crm", "work");
          PreparedStatement again = prepare(anew, "select email from people where id = ?")) {
        assertThat(one(again)).isEqualTo("p7@example.org");
      }
    }
  }

  @Test
  void aRevokedTokenIsRefusedOnOpenConnections() throws Exception {
    Token token = Token.issue("ann");
    try (Connection connection = stack.connect(token.login(), token.secret(), "crm", "work");
        PreparedStatement prepared = prepare(connection, "select email from people where id = ?");
        Statement statement = connection.createStatement();
        Connection own = connect();
        Statement owner = own.createStatement()) {
      assertThat(one(prepared)).isEqualTo("p7@example.org");
      stack.run("token", "revoke", token.id());
      refused("28000", prepared::executeQuery);
      refused("28000", () -> statement.execute("select 1"));
      assertThat(one(owner, "select count(*) from people")).isEqualTo("1000");
    }
  }

  @Test
  void aRemovedSourceIsNoLongerThere() throws Exception {
    stack.addSource("gone", database);
    stack.apply("gone", GOVERNANCE.formatted(ALL, CLEAR));
    try (Connection connection = stack.connect("ann", "gone", "work");
        Statement statement = connection.createStatement();
        Connection other = stack.connect("ann", "gone", "work");
        PreparedStatement reading = reading(other);
        ResultSet rows = reading.executeQuery()) {
      assertThat(one(statement, "select count(*) from people")).isEqualTo("1000");
      assertThat(read(rows, 10)).hasSize(10);
      stack.run("source", "remove", "gone");
      refused("3D000", () -> statement.execute("select count(*) from people"));
      refused("3D000", () -> read(rows, 10));
    }
  }

  /// A wire token as `remit token issue` prints it.
  private record Token(String id, String login, String secret) {
    static Token issue(String user) {
      String secret = stack.run("token", "issue", user, "--audience", "wire").strip();
      String id = secret.split("_")[1];
      return new Token(id, "token:" + id, secret);
    }
  }

  private static Connection connect() throws SQLException {
    return stack.connect("ann", "crm", "work");
  }

  /// Prepared at the server at once, under a name.
  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(sql);
    prepared.unwrap(PGStatement.class).setPrepareThreshold(1);
    prepared.setInt(1, 7);
    return prepared;
  }

  /// Reads in portions of ten: a portal that is suspended between them.
  private static PreparedStatement reading(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    PreparedStatement reading = connection.prepareStatement("select email from people order by id");
    reading.setFetchSize(10);
    return reading;
  }

  private static List<String> read(ResultSet rows, int count) throws SQLException {
    List<String> values = new ArrayList<>();
    while (values.size() < count && rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }

  private static String one(Statement statement, String sql) throws SQLException {
    return all(statement, sql).getFirst();
  }

  private static String one(PreparedStatement prepared) throws SQLException {
    try (ResultSet rows = prepared.executeQuery()) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    }
  }

  private static List<String> all(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return read(rows, Integer.MAX_VALUE);
    }
  }

  private static void refused(String sqlState, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal ->
                assertThat(refusal.getSQLState()).as(refusal.getMessage()).isEqualTo(sqlState));
  }
}
