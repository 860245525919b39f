package dev.remit.server.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.platform.testing.TestPostgres;
import dev.remit.server.testing.GovernedStack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Goal: whoever may read the accesses finds every statement that named a person, in whatever form
/// it named her, and no statement that did not; the record itself holds no key.
class PersonRecordTest {
  private static final String UUID_OF_ONE = "6b1f2c1e-90f4-4c4e-8a55-0d8a5fbb1b01";
  private static final String LONG_LIST =
      IntStream.rangeClosed(1, 150).mapToObj(Integer::toString).collect(Collectors.joining(", "));

  private static GovernedStack stack;

  @BeforeAll
  static void start() throws IOException {
    TestPostgres.Address database = TestPostgres.createDatabase();
    database.execute(
        """
        create table customers (brand_id int, customer_id int, email text,
          primary key (brand_id, customer_id));
        insert into customers select b, c, 'p' || c from generate_series(1, 3) b,
          generate_series(1, 9) c;
        create table orders (id bigint primary key, brand_id int, customer_id int, total int,
          foreign key (brand_id, customer_id) references customers);
        insert into orders select b * 100 + c, b, c, c from generate_series(1, 3) b,
          generate_series(1, 9) c;
        create table members (id uuid primary key, nick text unique, score numeric unique);
        insert into members values ('%s', 'ann', 7.50);
        create table nicks (nick text primary key);
        create table scores (score numeric primary key);
        """
            .formatted(UUID_OF_ONE));
    stack = GovernedStack.start();
    stack.addSource("crm", database);
    stack.apply(
        "crm",
        """
        purposes:
          work: {title: Work, basis: contract, description: to test}
        tables:
          public.customers: {subject-key: [brand_id, customer_id]}
          public.orders: {subject-key: [customer_id, brand_id]}
          public.members: {subject-key: [id]}
          public.nicks: {subject-key: [nick]}
          public.scores: {subject-key: [score]}
        policies:
          - name: all
            tables: [public.customers, public.orders, public.members, public.nicks, public.scores]
            columns: ['*']
            to: {groups: [staff]}
            for: [work]
        """);
    stack.addUser("ann", "staff");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void statementsOfPsqlThatNameHerAreFound() throws Exception {
    StringBuilder script = new StringBuilder();
    conditions()
        .forEach((label, condition) ->
            script
                .append("select 'x' as ")
                .append(label)
                .append(' ')
                .append(condition)
                .append(";\n"));
    script.append(
        """
        prepare named as select 'x' as p20 from customers where brand_id = $1 and customer_id = $2;
        execute named(1, 5);
        copy (select 'x' as p21 from customers where brand_id = 1 and customer_id = 5) to stdout;
        begin;
        declare one cursor for
          select 'x' as p22 from customers where brand_id = 1 and customer_id = 5;
        fetch all from one;
        commit;
        select 'x' as p23 from customers where brand_id = 2 and customer_id = 6;
        select 'x' as p23 from customers where brand_id = 1 and customer_id = 5;
        """);
    assertThat(stack.psql("ann", "crm", "work", script.toString())).doesNotContain("ERROR");

    assertThat(found("public.customers", "1", "5"))
        .filteredOn(label -> !label.startsWith("j"))
        .containsExactly(
            "m01", "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11",
            "p12", "p13", "p14", "p20", "p21", "p22", "p23");
    assertThat(found("public.orders", "5", "1")).isEqualTo(found("public.customers", "1", "5"));
    assertThat(found("public.customers", "2", "6"))
        .filteredOn(label -> !label.startsWith("j"))
        .containsExactly("m01", "p03", "p11", "p23");
    assertThat(found("public.customers", "3", "9"))
        .filteredOn(label -> !label.startsWith("j"))
        .containsExactly("m01");
  }

  @Test
  void parametersOfPgjdbcNameHerInTextAndInBinary() throws Exception {
    for (String binary : List.of("true", "false")) {
      String j = binary.equals("true") ? "jb" : "jt";
      try (Connection connection = connect(binary)) {
        run(
            connection,
            "select 'x' as " + j + "1 from customers where brand_id = ? and customer_id = ?",
            1,
            5L);
        run(
            connection,
            "select 'x' as "
                + j
                + "2 from customers where (brand_id, customer_id) in ((?, ?), (3, ?))",
            1,
            5,
            4);
        run(
            connection,
            "select 'x' as " + j + "3 from customers where brand_id = ? and customer_id = any(?)",
            1,
            connection.createArrayOf("int4", new Integer[] {4, 5}));
        run(
            connection,
            "select 'x' as "
                + j
                + "4 from orders join customers using (customer_id, brand_id)"
                + " where customers.brand_id = ? and orders.customer_id = ?::text::int",
            1,
            "5");
        run(
            connection,
            "select 'x' as " + j + "5 from members where id = ?",
            UUID.fromString(UUID_OF_ONE));
        run(connection, "select 'x' as " + j + "6 from nicks where nick = ?", "anna");
        run(
            connection,
            "select 'x' as " + j + "7 from nicks where nick = any(?)",
            connection.createArrayOf("text", new String[] {"a,\"b\\", "anna", null}));
        run(
            connection,
            "select 'x' as " + j + "8 from scores where score = ?",
            new java.math.BigDecimal("7.5"));
        run(connection, "select 'x' as " + j + "9 from customers where brand_id = ?", 1);
      }
      assertThat(found("public.customers", "1", "5")).contains(j + "1", j + "2", j + "3", j + "4");
      assertThat(found("public.customers", "1", "5")).doesNotContain(j + "9");
      assertThat(found("public.customers", "1", "4")).contains(j + "3").doesNotContain(j + "1");
      assertThat(found("public.customers", "3", "4")).contains(j + "2");
      assertThat(found("public.members", UUID_OF_ONE)).contains(j + "5");
      assertThat(
              found("public.members", "{" + UUID_OF_ONE.toUpperCase(java.util.Locale.ROOT) + "}"))
          .contains(j + "5");
      assertThat(found("public.nicks", "anna")).contains(j + "6", j + "7");
      assertThat(found("public.nicks", "a,\"b\\")).contains(j + "7").doesNotContain(j + "6");
      assertThat(found("public.scores", "7.50")).contains(j + "8");
    }
  }

  @Test
  void aPersonThatCannotBeNamedIsToldHow() {
    assertThatThrownBy(() -> found("public.customers", "1"))
        .hasMessageContaining("(brand_id, customer_id)");
    assertThatThrownBy(() -> found("public.customers", "1", "five"))
        .hasMessageContaining("none of its column's type");
    assertThatThrownBy(() -> found("customers", "1"))
        .hasMessageContaining("(brand_id, customer_id)");
    assertThatThrownBy(() -> found("public.nobody", "1")).hasMessageContaining("no table");
    assertThatThrownBy(() -> stack.run("access", "list", "--person", "public.customers"))
        .hasMessageContaining("source, table and key together");
  }

  /// By label; those with p name the person (1, 5), those with q do not.
  private static Map<String, String> conditions() {
    Map<String, String> conditions = new TreeMap<>();
    conditions.put("p01", "from customers where brand_id = 1 and customer_id = 5");
    conditions.put("p02", "from customers where (brand_id, customer_id) = (1, 5)");
    conditions.put("p03", "from customers where (customer_id, brand_id) in ((5, 1), (6, 2))");
    conditions.put("p04", "from customers where brand_id in (1, 3) and customer_id = 5");
    conditions.put("p05", "from customers where customer_id = any('{5,8}') and brand_id = 1");
    conditions.put("p06", "from customers where customer_id = any(array[5, 8]) and 1 = brand_id");
    conditions.put("p07", "from orders where brand_id = 1 and customer_id = 5");
    conditions.put(
        "p08",
        "from orders o join customers c using (brand_id, customer_id)"
            + " where c.customer_id = 5 and c.brand_id = 1");
    conditions.put(
        "p09",
        "from customers c, orders o where (o.brand_id, o.customer_id)"
            + " = (c.brand_id, c.customer_id) and o.customer_id = 5 and o.brand_id = 1");
    conditions.put(
        "p10",
        "from customers c left join orders o using (brand_id, customer_id)"
            + " where c.customer_id = 5 and c.brand_id = 1");
    conditions.put(
        "p11",
        "from customers where brand_id = 1 and customer_id = 5"
            + " or brand_id = 2 and customer_id = 6");
    conditions.put("p12", "from customers where row(1, '005'::int) = row(brand_id, customer_id)");
    conditions.put(
        "p13", "from (select * from customers where brand_id = 1 and customer_id = 5) x");
    conditions.put(
        "p14",
        "from orders o where exists (select from customers c where c.brand_id = 1"
            + " and c.customer_id = 5)");
    conditions.put("q01", "from customers where brand_id = 1 and customer_id > 4");
    conditions.put("q02", "from customers where customer_id = 5");
    conditions.put("q03", "from customers where brand_id = 1 and (customer_id = 5 or true)");
    conditions.put(
        "q04",
        "from customers c left join orders o on o.brand_id = c.brand_id and c.brand_id = 1"
            + " and c.customer_id = 5");
    conditions.put("q05", "from customers where not (brand_id = 1 and customer_id = 5)");
    conditions.put("q06", "from customers where brand_id = 1 and customer_id <> all('{5}')");
    conditions.put(
        "m01", "from customers where brand_id = 1 and customer_id in (" + LONG_LIST + ")");
    return conditions;
  }

  /// Labels of the statements on the record that name the person.
  private static Set<String> found(String table, String... key) {
    List<String> arguments =
        new ArrayList<>(
            List.of("access", "list", "--source", "crm", "--limit", "200", "--person", table));
    for (String value : key) {
      arguments.addAll(List.of("--key", value));
    }
    return stack
        .run(arguments.toArray(String[]::new))
        .lines()
        .filter(line -> line.contains(" as "))
        .map(line -> line.substring(line.indexOf(" as ") + 4).replaceFirst(" .*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Connection connect(String binary) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "ann");
    properties.setProperty("password", stack.password("ann"));
    properties.setProperty("options", "-c remit.purpose=work");
    properties.setProperty("binaryTransfer", binary);
    properties.setProperty("prepareThreshold", binary.equals("true") ? "-1" : "5");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + stack.wirePort() + "/crm", properties);
  }

  private static void run(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof java.sql.Array array) {
          statement.setArray(i + 1, array);
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getString(1)).isEqualTo("x");
        }
      }
    }
  }
}
