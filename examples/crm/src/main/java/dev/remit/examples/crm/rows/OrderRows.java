package dev.remit.examples.crm.rows;

import dev.remit.examples.crm.people.CheckDigits;
import dev.remit.examples.crm.people.Draw;
import dev.remit.examples.crm.people.Person;
import dev.remit.examples.crm.people.Population;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Orders, their lines and their payments: four orders a customer on average.
final class OrderRows {
  private static final List<String> STATES =
      List.of("paid", "shipped", "shipped", "shipped", "returned", "placed", "cancelled");

  private final Population population;

  private OrderRows(Population population) {
    this.population = population;
  }

  static List<Table> tables(Population population) {
    OrderRows rows = new OrderRows(population);
    return List.of(
        new Table(
            "orders",
            "order_id, brand_id, customer_id, status, currency, total, ship_to, region,"
                + " ordered_at",
            rows::orders),
        new Table(
            "order_items",
            "order_id, line_number, product_id, quantity, unit_price, region",
            rows::items),
        new Table(
            "payments",
            "payment_id, order_id, method, amount, card_number, iban, payer_name, region, paid_at",
            rows::payments));
  }

  private record Order(long id, Person person, String status, List<Line> lines, Instant at) {
    long totalCents() {
      return lines.stream().mapToLong(line -> line.quantity() * line.priceCents()).sum();
    }
  }

  private record Line(int productId, int quantity, long priceCents) {}

  @FunctionalInterface
  private interface EachOrder {
    void accept(Order order, Draw draw) throws IOException;
  }

  private void orders(RowWriter out) throws IOException {
    forEachOrder(
        "ship to",
        (order, draw) -> {
          Person person = order.person();
          out.number(order.id()).number(person.brandId()).number(person.customerId());
          out.text(order.status()).text(person.region().equals("EU") ? "EUR" : "USD");
          out.cents(order.totalCents());
          out.text(draw.percent(10) ? Optional.of(shipTo(person, draw)) : Optional.empty());
          out.text(person.region()).instant(order.at()).endRow();
        });
  }

  /// A present: somebody else's name and address in this person's row.
  private String shipTo(Person person, Draw draw) {
    Person other = population.person(draw.below((int) population.customers()));
    return other.fullName() + " c/o " + person.family() + ", " + other.address().inOneLine();
  }

  private void items(RowWriter out) throws IOException {
    forEachOrder(
        "item",
        (order, draw) -> {
          for (int i = 0; i < order.lines().size(); i++) {
            Line line = order.lines().get(i);
            out.number(order.id()).number(i + 1).number(line.productId());
            out.number(line.quantity()).cents(line.priceCents());
            out.text(order.person().region()).endRow();
          }
        });
  }

  private void payments(RowWriter out) throws IOException {
    forEachOrder(
        "payment",
        (order, draw) -> {
          if (order.status().equals("placed") || order.status().equals("cancelled")) {
            return;
          }
          Person person = order.person();
          boolean byTransfer = person.iban().isPresent() && draw.percent(50);
          String card = CheckDigits.luhn(draw.digits("41111111#######"));
          out.number(order.id()).number(order.id()).text(byTransfer ? "transfer" : "card");
          out.cents(order.totalCents());
          out.text(byTransfer ? Optional.empty() : Optional.of(card));
          out.text(byTransfer ? person.iban() : Optional.empty());
          out.text(person.fullName()).text(person.region());
          out.instant(draw.between(order.at(), Population.AS_OF)).endRow();
        });
  }

  /// Visits every order in order of its number.
  ///
  /// @param purpose names the draws handed to the visitor
  private void forEachOrder(String purpose, EachOrder visitor) throws IOException {
    long id = 0;
    for (long index = 0; index < population.customers(); index++) {
      Person person = population.person(index);
      int count = new Draw(population.seed(), "order count", index).below(9);
      for (int i = 0; i < count; i++) {
        id++;
        visitor.accept(order(id, person), new Draw(population.seed(), purpose, id));
      }
    }
  }

  private Order order(long id, Person person) {
    Draw draw = new Draw(population.seed(), "order", id);
    List<Line> lines = new ArrayList<>();
    for (int line = draw.below(3); line >= 0; line--) {
      int product = draw.below(population.products().size()) + 1;
      lines.add(new Line(product, draw.below(4) + 1, PeopleRows.priceOf(population, product)));
    }
    return new Order(
        id, person, draw.pick(STATES), lines, draw.between(person.createdAt(), Population.AS_OF));
  }
}
