package dev.remit.proxy.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes random queries over the shop's tables, with joins of every kind, subqueries in every
/// position, WITH, grouping, set operations. Same seed, same queries.
final class QueryGenerator {
  private record Column(String name, char type) {}

  private record Item(String alias, List<Column> columns) {}

  private static final List<Column> CUSTOMERS =
      List.of(
          new Column("id", 'i'),
          new Column("name", 't'),
          new Column("email", 't'),
          new Column("salary", 'i'),
          new Column("region", 't'),
          new Column("age", 'i'),
          new Column("dob", 'd'),
          new Column("phone", 't'),
          new Column("vip", 'b'));
  private static final List<Column> ORDERS =
      List.of(
          new Column("id", 'i'),
          new Column("customer_id", 'i'),
          new Column("total", 'n'),
          new Column("placed", 'd'),
          new Column("comment", 't'));
  private static final List<Column> EVENTS =
      List.of(
          new Column("id", 'i'),
          new Column("happened", 'd'),
          new Column("customer_id", 'i'),
          new Column("kind", 't'));

  private final Random random;
  private int aliases;

  QueryGenerator(long seed) {
    random = new Random(seed);
  }

  String next() {
    aliases = 0;
    return switch (random.nextInt(8)) {
      case 0 -> "with w as (" + select(List.of(), 1, 2) + ") " + fromCommonTable();
      case 1 ->
          select(List.of(), 0, 2)
              + pick(" union all ", " union ", " except ", " intersect ")
              + select(List.of(), 0, 2);
      case 2 -> grouped();
      default -> select(List.of(), 2, 1 + random.nextInt(3));
    };
  }

  private String fromCommonTable() {
    return "select "
        + pick("w.*", "count(*)", "w.c0", "x.c0, w.c1")
        + " from w"
        + pick("", " join w x on x.c0::text = w.c1::text", ", w x", " left join w x on true")
            .replaceAll("^$", " cross join w x")
        + " where w.c0 is not null";
  }

  /// Two columns c0 (text) and c1 (number), or more when nothing depends on them.
  private String select(List<Item> outer, int depth, int width) {
    List<Item> items = new ArrayList<>();
    String from = from(items, depth);
    List<Item> visible = new ArrayList<>(items);
    visible.addAll(outer);
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < Math.max(2, width); i++) {
      char type = i == 0 ? 't' : 'i';
      list.append(i == 0 ? "" : ", ").append(value(visible, type, depth)).append(" as c").append(i);
    }
    return "select "
        + pick("", "", "", "distinct ")
        + list
        + " from "
        + from
        + (random.nextInt(4) == 0 ? "" : " where " + condition(visible, depth));
  }

  private String grouped() {
    List<Item> items = new ArrayList<>();
    String from = from(items, 1);
    String key = column(items, pick("t", "i", "d", "b").charAt(0));
    return "select "
        + key
        + ", count(*), sum("
        + column(items, 'i')
        + "), max("
        + column(items, 't')
        + ") from "
        + from
        + (random.nextBoolean() ? " where " + condition(items, 1) : "")
        + " group by "
        + pick(key, "1", "1")
        + pick("", " having count(*) > 1", " having min(" + column(items, 'i') + ") < 50");
  }

  private String from(List<Item> items, int depth) {
    StringBuilder from = new StringBuilder(item(items, depth));
    int more = random.nextInt(3);
    for (int i = 0; i < more; i++) {
      String join =
          pick(" join ", " left join ", " right join ", " full join ", " cross join ", ", ");
      List<Item> before = List.copyOf(items);
      String right = item(items, depth);
      if (join.equals(" cross join ") || join.equals(", ")) {
        from.append(" cross join ").append(right);
        continue;
      }
      String on =
          column(items.subList(items.size() - 1, items.size()), 'i') + " = " + column(before, 'i');
      if (!join.contains("full") && random.nextInt(3) == 0) {
        on += " and " + condition(items, 0);
      }
      from.append(join).append(right).append(" on ").append(on);
    }
    return from.toString();
  }

  private String item(List<Item> items, int depth) {
    String alias = "t" + aliases++;
    if (depth > 0 && random.nextInt(4) == 0) {
      String query = select(List.of(), depth - 1, 2);
      items.add(new Item(alias, List.of(new Column("c0", 't'), new Column("c1", 'i'))));
      return "(" + query + ") as " + alias;
    }
    switch (random.nextInt(4)) {
      case 0 -> items.add(new Item(alias, ORDERS));
      case 1 -> items.add(new Item(alias, EVENTS));
      default -> items.add(new Item(alias, CUSTOMERS));
    }
    List<Column> columns = items.get(items.size() - 1).columns();
    String table = columns == ORDERS ? "orders" : columns == EVENTS ? "events" : "customers";
    return table + pick(" ", " as ") + alias;
  }

  private String condition(List<Item> items, int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 11)) {
      case 0 -> column(items, 'i') + pick(" = ", " < ", " >= ", " <> ") + random.nextInt(70);
      case 1 ->
          column(items, 't') + pick(" = ", " > ") + "'" + pick("EU", "US", "name 7", "k") + "'";
      case 2 ->
          column(items, 'd')
              + pick(" < ", " >= ")
              + "date '2026-0"
              + (1 + random.nextInt(9))
              + "-11'";
      case 3 ->
          column(items, 't')
              + pick(" like ", " ilike ", " not like ")
              + "'%"
              + random.nextInt(9)
              + "%'";
      case 4 ->
          column(items, 'i') + " in (" + random.nextInt(60) + ", " + random.nextInt(60) + ", 3)";
      case 5 -> column(items, pick("i", "t", "d").charAt(0)) + pick(" is null", " is not null");
      case 6 -> "(" + condition(items, 0) + pick(" or ", " and ") + condition(items, 0) + ")";
      case 7 -> "not (" + condition(items, 0) + ")";
      case 8 ->
          column(items, 'i')
              + " between "
              + random.nextInt(30)
              + " and "
              + (30 + random.nextInt(40));
      case 9 -> column(items, 'i') + pick(" = ", " < ") + column(items, 'i');
      case 10 -> value(items, 'i', 0) + pick(" > ", " = ") + random.nextInt(90);
      case 11 -> pick("exists", "not exists") + " (" + select(items, depth - 1, 1) + ")";
      case 12 ->
          value(items, 't', 0)
              + pick(" in ", " not in ")
              + "(select c0 from ("
              + select(items, depth - 1, 1)
              + ") q)";
      default ->
          column(items, 'i')
              + pick(" = any ", " < all ")
              + "(select c1 from ("
              + select(List.of(), depth - 1, 1)
              + ") q)";
    };
  }

  private String value(List<Item> items, char type, int depth) {
    if (type == 't') {
      return switch (random.nextInt(depth > 0 ? 7 : 6)) {
        case 0 -> "upper(" + column(items, 't') + ")";
        case 1 -> column(items, 't') + " || '-' || " + column(items, 't');
        case 2 -> "coalesce(" + column(items, 't') + ", 'none')";
        case 3 ->
            "case when " + condition(items, 0) + " then " + column(items, 't') + " else 'x' end";
        case 4 -> column(items, 'd') + "::text";
        case 5 -> column(items, 't');
        default -> "(select min(c0) from (" + select(items, depth - 1, 1) + ") q)";
      };
    }
    return switch (random.nextInt(5)) {
      case 0 -> column(items, 'i') + " + " + random.nextInt(9);
      case 1 -> "length(" + column(items, 't') + ")";
      case 2 -> "extract(year from " + column(items, 'd') + ")::int";
      case 3 -> "greatest(" + column(items, 'i') + ", 5)";
      default -> column(items, 'i');
    };
  }

  private String column(List<Item> items, char type) {
    List<String> fitting = new ArrayList<>();
    for (Item item : items) {
      for (Column column : item.columns()) {
        if (column.type() == type) {
          fitting.add(item.alias() + "." + column.name());
        }
      }
    }
    if (fitting.isEmpty()) {
      return switch (type) {
        case 'i' -> "7";
        case 'd' -> "date '2026-03-04'";
        case 'b' -> "true";
        case 'n' -> "1.5";
        default -> "'none'::text";
      };
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
