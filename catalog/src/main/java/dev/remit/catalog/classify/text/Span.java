package dev.remit.catalog.classify.text;

/// One piece of personal data in a text.
///
/// @param start offset of the first UTF-16 code unit
/// @param end offset after the last
public record Span(Kind kind, int start, int end) {

  /// What is recognised by its form. Where two readings overlap, the one named first wins.
  public enum Kind {
    EMAIL("contact.email", "e-mail addresses"),
    URL("network.url", "web addresses"),
    IBAN("financial.iban", "IBANs with valid check digits"),
    CARD("financial.card", "card numbers with valid issuer and check digit"),
    US_SSN("identity.national-id.us-ssn", "US social security numbers"),
    IP("network.ip", "IP addresses"),
    PHONE("contact.phone", "phone numbers");

    private final String tag;
    private final String plural;

    Kind(String tag, String plural) {
      this.tag = tag;
      this.plural = plural;
    }

    /// Its place in the taxonomy.
    public String tag() {
      return tag;
    }

    /// What several of it are called in a reason.
    public String plural() {
      return plural;
    }

    boolean beats(Kind other) {
      return compareTo(other) < 0;
    }
  }

  /// Code units covered.
  public int length() {
    return end - start;
  }
}
