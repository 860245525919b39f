package dev.remit.examples.crm.rows;

import dev.remit.examples.crm.people.Draw;
import dev.remit.examples.crm.people.Person;
import dev.remit.examples.crm.people.Population;
import dev.remit.examples.crm.people.Traps;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Brands, products, accounts, customers and contacts.
final class PeopleRows {
  private static final List<String> BRANDS = List.of("Northwind", "Halcyon", "Café Étoile");
  private static final List<String> TIERS =
      List.of("none", "none", "none", "silver", "silver", "gold", "platinum");
  private static final List<String> INTERESTS =
      List.of("sailing", "chess", "baking", "cycling", "jazz", "gardening", "astronomy", "rugby");
  private static final List<String> JOBS =
      List.of("Buyer", "Head of Sales", "Engineer", "Office manager", "Owner", "Accountant");

  private final Population population;

  private PeopleRows(Population population) {
    this.population = population;
  }

  static List<Table> tables(Population population) {
    PeopleRows rows = new PeopleRows(population);
    return List.of(
        new Table("brands", "brand_id, name", rows::brands),
        new Table("products", "product_id, name, price", rows::products),
        new Table(
            "accounts",
            "account_id, name, domain, primary_contact_id, region, created_at",
            rows::accounts),
        new Table(
            "customers",
            "brand_id, customer_id, account_id, given_name, family_name, email, phone, birth_date,"
                + " national_id, street, postal_code, city, country, region, iban, tier, vip,"
                + " interests, preferences, created_at, updated_at",
            rows::customers),
        new Table(
            "contacts",
            "contact_id, account_id, brand_id, customer_id, given_name, family_name, email, phone,"
                + " job_title, merged_into_id, region, created_at",
            rows::contacts));
  }

  /// Price of a product in cents.
  static long priceOf(Population population, int productId) {
    return 199L + new Draw(population.seed(), "product", productId).below(25_000);
  }

  private void brands(RowWriter out) throws IOException {
    for (int brand = 0; brand < BRANDS.size(); brand++) {
      out.number(brand + 1).text(BRANDS.get(brand)).endRow();
    }
  }

  private void products(RowWriter out) throws IOException {
    for (int id = 1; id <= population.products().size(); id++) {
      out.number(id).text(population.products().get(id - 1)).cents(priceOf(population, id));
      out.endRow();
    }
  }

  private void accounts(RowWriter out) throws IOException {
    for (long id = 1; id <= population.accounts(); id++) {
      Person first = population.person(population.firstCustomerOf(id));
      String name = population.accountName(id);
      String domain = name.replaceAll("[^A-Za-z]+", "-") + ".example";
      out.number(id).text(name).text(id % 2 == 0 ? domain : domain.toLowerCase(Locale.ROOT));
      out.number(first.index() + 1).text(population.regionOf(id)).instant(first.createdAt());
      out.endRow();
    }
  }

  private void customers(RowWriter out) throws IOException {
    for (long index = 0; index < population.customers(); index++) {
      Person person = population.person(index);
      Draw draw = new Draw(population.seed(), "customer", index);
      out.number(person.brandId()).number(person.customerId()).number(person.accountId());
      out.text(person.given()).text(person.family()).text(person.email()).text(person.phone());
      out.text(person.birthDate().toString()).text(person.nationalId());
      out.text(person.address().street()).text(person.address().postalCode());
      out.text(person.address().city()).text(person.country().name()).text(person.region());
      out.text(person.iban()).text(draw.pick(TIERS)).truth(person.vip());
      out.text("{" + draw.pick(INTERESTS) + "," + draw.pick(INTERESTS) + "}");
      out.text(preferences(person, draw)).instant(person.createdAt());
      out.instant(draw.between(person.createdAt(), Population.AS_OF)).endRow();
    }
  }

  private static String preferences(Person person, Draw draw) {
    return "{\"language\": \"%s\", \"newsletter\": %s, \"reply_to\": \"%s\"}"
        .formatted(person.country().language(), draw.percent(50), person.emailAsSpelledBy(0));
  }

  private void contacts(RowWriter out) throws IOException {
    for (long index = 0; index < population.customers(); index++) {
      Person person = population.person(index);
      String email = person.emailAsSpelledBy(index == Traps.THREE_SPELLINGS ? 1 : 0);
      contact(out, index + 1, person, true, email);
      out.nothing().text(person.region()).instant(person.createdAt()).endRow();
    }
    for (long extra = 0; extra < population.customers() / 2; extra++) {
      extraContact(out, extra);
    }
  }

  /// Half as many again: duplicates that were merged, and colleagues who are no customers. The
  /// first is merged into the second, which is merged into customer 0's own contact.
  private void extraContact(RowWriter out, long extra) throws IOException {
    boolean chained = extra <= 1;
    Draw draw = new Draw(population.seed(), "contact", extra);
    boolean duplicate = draw.percent(30) || chained;
    Person owner = population.person(chained ? Traps.MERGED : 2 * extra);
    Person person = duplicate ? owner : colleagueOf(owner, draw);
    contact(
        out,
        population.customers() + extra + 1,
        person,
        duplicate,
        person.emailAsSpelledBy(1 + (int) (extra % 2)));
    if (!duplicate) {
      out.nothing();
    } else if (extra == 0) {
      out.number(population.customers() + 2);
    } else {
      out.number(owner.index() + 1);
    }
    out.text(owner.region()).instant(draw.between(owner.createdAt(), Population.AS_OF)).endRow();
  }

  /// Somebody of the same account: drawn beyond the customers, moved into the account.
  private Person colleagueOf(Person owner, Draw draw) {
    Person other = population.person(population.customers() + draw.below(1_000_000));
    return new Person(
        other.index(),
        owner.brandId(),
        owner.customerId(),
        owner.accountId(),
        owner.country(),
        other.given(),
        other.family(),
        other.email(),
        owner.phone(),
        other.birthDate(),
        other.nationalId(),
        owner.address(),
        other.iban(),
        false,
        owner.createdAt());
  }

  private void contact(
      RowWriter out, long contactId, Person person, boolean customer, String email) {
    Draw draw = new Draw(population.seed(), "job", contactId);
    out.number(contactId).number(person.accountId());
    if (customer) {
      out.number(person.brandId()).number(person.customerId());
    } else {
      out.nothing().nothing();
    }
    out.text(person.given()).text(person.family()).text(email).text(person.phone());
    out.text(draw.pick(JOBS));
  }
}
