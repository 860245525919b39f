package dev.remit.server.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes random but valid PostgreSQL queries over the tables of `differential.sql`: joins of all
/// kinds, subqueries in every place, grouping, windows, set operations, casts, JSON, arrays.
///
/// A query is a function of its seed. Its rows are determined as a multiset: LIMIT stands only over
/// a total order.
final class QueryGenerator {

  /// The kinds of values an expression can have.
  private enum Kind {
    INTEGER,
    NUMERIC,
    TEXT,
    DATE,
    BOOLEAN
  }

  private record Field(String name, Kind kind) {}

  private record Table(String name, List<Field> fields) {}

  /// A table in scope under an alias.
  private record Scope(String alias, Table table) {}

  private static final List<Table> TABLES =
      List.of(
          new Table(
              "customer",
              List.of(
                  new Field("id", Kind.INTEGER),
                  new Field("name", Kind.TEXT),
                  new Field("email", Kind.TEXT),
                  new Field("born", Kind.DATE),
                  new Field("credit", Kind.NUMERIC),
                  new Field("active", Kind.BOOLEAN),
                  new Field("region", Kind.TEXT))),
          new Table(
              "purchase",
              List.of(
                  new Field("id", Kind.INTEGER),
                  new Field("customer_id", Kind.INTEGER),
                  new Field("placed", Kind.DATE),
                  new Field("total", Kind.NUMERIC),
                  new Field("country", Kind.TEXT))),
          new Table(
              "\"Odd Name\"",
              List.of(
                  new Field("\"select\"", Kind.INTEGER),
                  new Field("\"Größe\"", Kind.NUMERIC),
                  new Field("\"a\"\"b\"", Kind.TEXT))));

  private final Random random;
  private int aliases;

  QueryGenerator(long seed) {
    this.random = new Random(seed);
  }

  String query() {
    String body = random.nextInt(8) == 0 ? setOperation() : select(List.of(), 0, false);
    if (random.nextInt(5) != 0) {
      return body;
    }
    return "with w as "
        + pick("", "materialized ", "not materialized ")
        + "("
        + body
        + ") select * from w";
  }

  private String setOperation() {
    Kind kind = kind();
    return "("
        + single(kind, List.of(), 1)
        + ") "
        + pick("union", "union all", "intersect", "except", "except all")
        + " ("
        + single(kind, List.of(), 1)
        + ")";
  }

  /// A query of one column of the wanted kind.
  private String single(Kind kind, List<Scope> outer, int depth) {
    List<Scope> scope = new ArrayList<>();
    String from = from(scope, outer, depth);
    List<Scope> visible = join(outer, scope);
    return "select " + value(kind, visible, depth + 1) + from + where(visible, depth);
  }

  private String select(List<Scope> outer, int depth, boolean ordered) {
    List<Scope> scope = new ArrayList<>();
    String from = from(scope, outer, depth);
    List<Scope> visible = join(outer, scope);
    return switch (random.nextInt(ordered ? 1 : 4)) {
      case 1 -> grouped(from, visible, depth);
      case 2 -> windowed(from, scope, visible, depth);
      case 3 -> star(from, scope, visible, depth);
      default -> plain(from, visible, depth);
    };
  }

  private String plain(String from, List<Scope> visible, int depth) {
    int width = 1 + random.nextInt(4);
    String columns =
        IntStream.range(0, width)
            .mapToObj(i -> value(kind(), visible, depth + 1) + (flip() ? " as c" + i : ""))
            .collect(Collectors.joining(", "));
    String order =
        IntStream.rangeClosed(1, width)
            .mapToObj(i -> i + pick("", " desc", " nulls first", " asc nulls last"))
            .collect(Collectors.joining(", "));
    String tail =
        flip() ? "" : " order by " + order + (flip() ? "" : " limit " + random.nextInt(30));
    return "select "
        + pick("", "", "distinct ", "all ")
        + columns
        + from
        + where(visible, depth)
        + tail;
  }

  private String star(String from, List<Scope> scope, List<Scope> visible, int depth) {
    String what = flip() ? "*" : scope.getFirst().alias() + ".*";
    return "select " + what + from + where(visible, depth);
  }

  private String grouped(String from, List<Scope> visible, int depth) {
    String key = value(kind(), visible, depth + 1);
    String aggregate = aggregate(visible, depth);
    String having = flip() ? "" : " having count(*) > " + random.nextInt(4);
    String grouping = pick("%s", "%s", "rollup (%s)", "grouping sets ((%s), ())").formatted("1");
    return "select "
        + key
        + ", "
        + aggregate
        + ", count(*)"
        + from
        + where(visible, depth)
        + " group by "
        + (grouping.equals("1") ? "1" : grouping.replace("1", key))
        + having;
  }

  private String windowed(String from, List<Scope> scope, List<Scope> visible, int depth) {
    Scope first = scope.getFirst();
    String id = first.alias() + "." + first.table().fields().getFirst().name();
    String function =
        pick(
            "row_number()",
            "rank()",
            "dense_rank()",
            "count(*)",
            "sum(" + id + ")",
            "lag(" + id + ")",
            "first_value(" + id + ")");
    String order =
        scope.stream()
            .map(s -> s.alias() + "." + s.table().fields().getFirst().name())
            .collect(Collectors.joining(", "));
    return "select "
        + id
        + ", "
        + function
        + " over (partition by "
        + value(Kind.BOOLEAN, visible, 3)
        + " order by "
        + order
        + ")"
        + from
        + where(visible, depth);
  }

  private String aggregate(List<Scope> visible, int depth) {
    String filter = random.nextInt(4) == 0 ? " filter (where " + condition(visible, 3) + ")" : "";
    return switch (random.nextInt(6)) {
      case 0 -> "sum(" + value(Kind.INTEGER, visible, depth + 2) + ")" + filter;
      case 1 -> "min(" + value(Kind.TEXT, visible, depth + 2) + ")" + filter;
      case 2 -> "max(" + value(Kind.DATE, visible, depth + 2) + ")" + filter;
      case 3 -> "count(distinct " + value(kind(), visible, depth + 2) + ")" + filter;
      case 4 -> "bool_and(" + value(Kind.BOOLEAN, visible, depth + 2) + ")" + filter;
      default -> {
        String text = value(Kind.TEXT, visible, 3);
        yield "string_agg(" + text + ", ',' order by " + text + ")" + filter;
      }
    };
  }

  private String from(List<Scope> scope, List<Scope> outer, int depth) {
    StringBuilder text = new StringBuilder(" from " + source(scope, outer, depth));
    int joins = random.nextInt(depth == 0 ? 3 : 2);
    for (int i = 0; i < joins; i++) {
      String type = pick("join", "left join", "right join", "cross join", ",");
      String source = source(scope, List.of(), depth);
      text.append(type.equals(",") ? ", " : " " + type + " ").append(source);
      if (!type.equals("cross join") && !type.equals(",")) {
        text.append(" on ").append(onCondition(scope));
      } else if (type.equals(",") && random.nextInt(3) == 0) {
        return text.toString();
      }
    }
    return text.toString();
  }

  /// An ON clause may only name what its own join has brought: the last two sources.
  private String onCondition(List<Scope> scope) {
    Scope last = scope.getLast();
    return last.alias()
        + "."
        + last.table().fields().getFirst().name()
        + pick(" = ", " = ", " = ", " < ")
        + pick("1", "2", last.alias() + "." + last.table().fields().getFirst().name());
  }

  private String source(List<Scope> scope, List<Scope> outer, int depth) {
    Table table = TABLES.get(random.nextInt(TABLES.size()));
    String alias = "t" + aliases++;
    scope.add(new Scope(alias, table));
    if (depth < 2 && random.nextInt(5) == 0) {
      String inner = "i" + aliases++;
      List<Scope> visible = List.of(new Scope(inner, table));
      String lateral = outer.isEmpty() ? "" : pick("", "lateral ");
      return lateral
          + "(select * from "
          + table.name()
          + " "
          + inner
          + where(visible, depth + 1)
          + ") "
          + alias;
    }
    return pick("", "public.") + table.name() + pick(" ", " as ") + alias;
  }

  private String where(List<Scope> visible, int depth) {
    return random.nextInt(3) == 0 ? "" : " where " + condition(visible, depth + 1);
  }

  private String condition(List<Scope> visible, int depth) {
    if (depth > 4) {
      return value(Kind.BOOLEAN, visible, depth);
    }
    Kind kind = kind();
    String left = value(kind, visible, depth + 1);
    return switch (random.nextInt(13)) {
      case 0 -> condition(visible, depth + 1) + " and " + condition(visible, depth + 1);
      case 1 -> "(" + condition(visible, depth + 1) + " or " + condition(visible, depth + 1) + ")";
      case 2 -> "not (" + condition(visible, depth + 1) + ")";
      case 3 -> left + " is " + pick("", "not ") + "null";
      case 4 -> left + " is distinct from " + value(kind, visible, depth + 1);
      case 5 ->
          value(Kind.TEXT, visible, depth + 1) + pick(" like ", " ilike ", " not like ") + "'%a%'";
      case 6 -> value(Kind.INTEGER, visible, depth + 1) + " between 2 and " + random.nextInt(40);
      case 7 -> left + " in (" + literal(kind) + ", " + literal(kind) + ")";
      case 8 -> depth > 2 ? "true" : "exists (" + single(kind, visible, 2) + ")";
      case 9 -> depth > 2 ? "true" : left + " in (" + single(kind, List.of(), 2) + ")";
      case 10 -> value(Kind.TEXT, visible, depth + 1) + pick(" ~ ", " !~ ", " ~* ") + "'^[a-m]'";
      case 11 -> value(Kind.INTEGER, visible, depth + 1) + " = any (array[1, 2, 3])";
      default -> left + pick(" = ", " <> ", " < ", " >= ") + value(kind, visible, depth + 1);
    };
  }

  private String value(Kind kind, List<Scope> visible, int depth) {
    if (depth > 3 || random.nextInt(3) == 0) {
      return leaf(kind, visible);
    }
    return switch (kind) {
      case INTEGER -> integer(visible, depth + 1);
      case NUMERIC -> numeric(visible, depth + 1);
      case TEXT -> text(visible, depth + 1);
      case DATE -> date(visible, depth + 1);
      case BOOLEAN -> "(" + condition(visible, depth + 2) + ")";
    };
  }

  private String integer(List<Scope> visible, int depth) {
    String a = value(Kind.INTEGER, visible, depth);
    return switch (random.nextInt(8)) {
      case 0 -> "(" + a + pick(" + ", " - ", " * ") + random.nextInt(9) + ")";
      case 1 -> "- " + leaf(Kind.INTEGER, visible);
      case 2 -> "length(" + value(Kind.TEXT, visible, depth) + ")";
      case 3 -> "extract(year from " + value(Kind.DATE, visible, depth) + ")::int";
      case 4 -> "coalesce(" + a + ", 0)";
      case 5 -> "case when " + condition(visible, 4) + " then " + a + " else 7 end";
      case 6 -> "abs(" + a + ") % 5";
      default -> "(" + value(Kind.DATE, visible, depth) + " - date '2000-01-01')";
    };
  }

  private String numeric(List<Scope> visible, int depth) {
    String a = value(Kind.NUMERIC, visible, depth);
    return switch (random.nextInt(5)) {
      case 0 -> "round(" + a + ", 1)";
      case 1 -> "(" + a + " * 1.5 + " + value(Kind.INTEGER, visible, depth) + ")";
      case 2 -> "nullif(" + a + ", 0.0)";
      case 3 -> "greatest(" + a + ", " + leaf(Kind.NUMERIC, visible) + ")";
      default -> "cast(" + a + " as numeric(14,3))";
    };
  }

  private String text(List<Scope> visible, int depth) {
    String a = value(Kind.TEXT, visible, depth);
    return switch (random.nextInt(9)) {
      case 0 -> pick("lower", "upper", "reverse", "trim") + "(" + a + ")";
      case 1 -> "(" + a + " || " + value(Kind.TEXT, visible, depth) + ")";
      case 2 -> "substring(" + a + " from 2 for 3)";
      case 3 -> leaf(Kind.INTEGER, visible) + "::text";
      case 4 -> "(" + a + " collate \"C\")";
      case 5 -> "to_char(" + value(Kind.DATE, visible, depth) + ", 'YYYY-MM')";
      case 6 -> "('{\"k\": \"v\"}'::jsonb ->> 'k')";
      case 7 -> "split_part(" + a + ", '@', 1)";
      default -> "(array[" + a + ", 'z'])[1]";
    };
  }

  private String date(List<Scope> visible, int depth) {
    String a = value(Kind.DATE, visible, depth);
    return switch (random.nextInt(4)) {
      case 0 -> "(" + a + " + " + random.nextInt(40) + ")";
      case 1 -> "date_trunc('month', " + a + ")::date";
      case 2 -> "(" + a + " + interval '1 month')::date";
      default -> "least(" + a + ", date '2010-05-05')";
    };
  }

  private String leaf(Kind kind, List<Scope> visible) {
    List<String> columns = new ArrayList<>();
    for (Scope scope : visible) {
      for (Field field : scope.table().fields()) {
        if (field.kind() == kind) {
          columns.add(scope.alias() + "." + field.name());
        }
      }
    }
    return columns.isEmpty() || random.nextInt(5) == 0
        ? literal(kind)
        : columns.get(random.nextInt(columns.size()));
  }

  private String literal(Kind kind) {
    return switch (kind) {
      case INTEGER -> String.valueOf(random.nextInt(50));
      case NUMERIC -> random.nextInt(100) + "." + random.nextInt(10);
      case TEXT -> pick("'a'", "'Ann'", "'o''Neil'", "'é'", "''", "E'x\\ty'", "$$d'q$$");
      case DATE -> "date '" + (1990 + random.nextInt(30)) + "-0" + (1 + random.nextInt(9)) + "-15'";
      case BOOLEAN -> pick("true", "false");
    };
  }

  private static List<Scope> join(List<Scope> outer, List<Scope> inner) {
    List<Scope> all = new ArrayList<>(outer);
    all.addAll(inner);
    return all;
  }

  private Kind kind() {
    return Kind.values()[random.nextInt(Kind.values().length)];
  }

  private boolean flip() {
    return random.nextBoolean();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
