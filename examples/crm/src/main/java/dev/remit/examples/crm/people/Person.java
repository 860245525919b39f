package dev.remit.examples.crm.people;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// One invented customer.
///
/// @param index 0-based; the contact of the same person has number `index + 1`
/// @param customerId number within the brand: only both together are a key
/// @param email as typed at sign-up
/// @param createdAt when the person became a customer
public record Person(
    long index,
    int brandId,
    long customerId,
    long accountId,
    Country country,
    String given,
    String family,
    String email,
    String phone,
    LocalDate birthDate,
    Optional<String> nationalId,
    Address address,
    Optional<String> iban,
    boolean vip,
    Instant createdAt) {

  /// Where somebody lives; households share one.
  public record Address(String street, String postalCode, String city) {
    /// All of it in one line.
    public String inOneLine() {
      return street + ", " + postalCode + " " + city;
    }
  }

  public String fullName() {
    return given + " " + family;
  }

  public String region() {
    return country.region();
  }

  /// The same mailbox in the spelling another system holds: other case, and a tag the provider
  /// ignores.
  public String emailAsSpelledBy(int system) {
    int at = email.indexOf('@');
    return switch (system % 3) {
      case 0 -> email;
      case 1 -> email.substring(0, at).toUpperCase(java.util.Locale.ROOT) + email.substring(at);
      default -> email.substring(0, at) + "+news" + email.substring(at);
    };
  }
}
