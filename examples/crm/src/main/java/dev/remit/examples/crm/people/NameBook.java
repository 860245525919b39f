package dev.remit.examples.crm.people;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/// Names, streets and companies of each country, drawn once from the faker library: people are then
/// combined from the book, which is a thousand times faster than asking the library for each.
final class NameBook {
  private static final int NAMES = 400;
  private static final int PLACES = 200;

  /// What one country offers; every list is non-empty.
  record Page(List<String> given, List<String> family, List<String> streets, List<String> cities) {}

  private final Map<Country, Page> pages = new EnumMap<>(Country.class);
  private final List<String> companies;
  private final List<String> products;

  NameBook(long seed) {
    for (Country country : Country.values()) {
      Faker faker = new Faker(country.locale(), new Random(seed ^ country.name().hashCode()));
      pages.put(
          country,
          new Page(
              drawn(NAMES, () -> faker.name().firstName()),
              drawn(NAMES, () -> faker.name().lastName()),
              drawn(PLACES, () -> faker.address().streetName()),
              drawn(PLACES, () -> faker.address().cityName())));
    }
    Faker faker = new Faker(Country.US.locale(), new Random(seed));
    companies = drawn(NAMES, () -> faker.company().name());
    products = drawn(PLACES, () -> faker.commerce().productName());
  }

  Page page(Country country) {
    return Objects.requireNonNull(pages.get(country), country.name());
  }

  List<String> companies() {
    return companies;
  }

  List<String> products() {
    return products;
  }

  private static List<String> drawn(int count, Supplier<String> source) {
    return Stream.generate(source).limit(count).toList();
  }
}
