package dev.remit.examples.crm.people;

import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The sample's people and accounts, none of them kept in memory: each is computed from the seed
/// and its number whenever a table needs it, so that a million customers cost no more memory than
/// ten. Immutable; safe for use by many threads.
public final class Population {
  /// The sample's "today": nothing is younger.
  public static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");

  public static final int BRANDS = 3;

  private static final Instant LONG_AGO = Instant.parse("2015-01-01T00:00:00Z");
  private static final Instant KEPT_SINCE = Instant.parse("2020-01-01T00:00:00Z");
  private static final List<Country> EUROPEAN =
      List.of(
          Country.DE,
          Country.DE,
          Country.FR,
          Country.FR,
          Country.ES,
          Country.IT,
          Country.PL,
          Country.SE,
          Country.GR);
  private static final List<String> DOMAINS =
      List.of("example.com", "example.org", "example.net", "mail.example", "posteo.example");
  private static final Pattern MARK = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_MAILABLE = Pattern.compile("[^a-z0-9]+");

  private final long seed;
  private final long customers;
  private final NameBook book;

  public Population(long seed, long customers) {
    this.seed = seed;
    this.customers = customers;
    this.book = new NameBook(seed);
  }

  public long seed() {
    return seed;
  }

  /// How many customers there are, over all brands.
  public long customers() {
    return customers;
  }

  /// Five customers share two accounts.
  public long accounts() {
    return accountOf(customers - 1);
  }

  /// The lowest index among an account's customers.
  public long firstCustomerOf(long accountId) {
    long pair = (accountId - 1) / 2;
    return accountId % 2 == 1 ? 5 * pair : 5 * pair + 3;
  }

  /// An account's people live in one region: 7 of 10 accounts in the EU, the first two in any case.
  public String regionOf(long accountId) {
    boolean european = accountId <= 2 || new Draw(seed, "account region", accountId).percent(70);
    return european ? "EU" : "US";
  }

  /// The company or household name of an account.
  public String accountName(long accountId) {
    return new Draw(seed, "account name", accountId).pick(book.companies());
  }

  public List<String> products() {
    return book.products();
  }

  /// @param index 0 to [#customers] - 1; beyond that, people who are no customers
  public Person person(long index) {
    Draw draw = new Draw(seed, "person", index);
    Country country = countryOf(Traps.addressOwnerOf(index));
    Traps.Name drawn = drawnName(country, draw);
    Traps.Name name = Traps.nameOf(index).orElse(drawn);
    return new Person(
        index,
        (int) (index % BRANDS) + 1,
        index / BRANDS + 1,
        accountOf(index),
        country,
        name.given(),
        name.family(),
        email(name, index, draw),
        draw.digits(country.phoneForm()),
        Traps.birthDateOf(index).orElse(birthDate(draw)),
        country == Country.US ? Optional.of(draw.digits("5##-4#-####")) : Optional.empty(),
        address(Traps.addressOwnerOf(index)),
        iban(country, draw),
        index == Traps.VIP || draw.percent(1),
        draw.percent(3) ? draw.between(LONG_AGO, KEPT_SINCE) : draw.between(KEPT_SINCE, AS_OF));
  }

  private Country countryOf(long index) {
    boolean american = regionOf(accountOf(index)).equals("US");
    return american ? Country.US : new Draw(seed, "country", index).pick(EUROPEAN);
  }

  private Traps.Name drawnName(Country country, Draw draw) {
    NameBook.Page page = book.page(country);
    return new Traps.Name(draw.pick(page.given()), draw.pick(page.family()));
  }

  private static long accountOf(long index) {
    return index * 2 / 5 + 1;
  }

  /// Latin letters only; names in other scripts fall back to a word.
  private static String email(Traps.Name name, long index, Draw draw) {
    return mailable(name.given())
        + "."
        + mailable(name.family())
        + index
        + "@"
        + draw.pick(DOMAINS);
  }

  private static String mailable(String name) {
    String plain = MARK.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    String kept = NOT_MAILABLE.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
    return kept.isEmpty() ? "user" : kept;
  }

  /// Two of a hundred are minors, the youngest eight years old.
  private static LocalDate birthDate(Draw draw) {
    boolean minor = draw.percent(2);
    LocalDate youngest = minor ? LocalDate.of(2018, 10, 31) : LocalDate.of(2008, 10, 31);
    return youngest.minusDays(draw.below(minor ? 3_600 : 24_000));
  }

  private Person.Address address(long index) {
    Draw draw = new Draw(seed, "address", index);
    Country country = countryOf(index);
    NameBook.Page page = book.page(country);
    String street = draw.pick(page.streets());
    int number = draw.below(120) + 1;
    return new Person.Address(
        country == Country.US ? number + " " + street : street + " " + number,
        draw.digits("1####"),
        draw.pick(page.cities()));
  }

  private static Optional<String> iban(Country country, Draw draw) {
    if (country.ibanCountry().isEmpty() || draw.percent(40)) {
      return Optional.empty();
    }
    return Optional.of(CheckDigits.iban(country.ibanCountry(), draw.digits(country.accountForm())));
  }
}
