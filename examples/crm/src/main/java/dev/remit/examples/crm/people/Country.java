package dev.remit.examples.crm.people;

import java.util.Locale;

/// Where sample people live: language of their names, form of their phone numbers and accounts.
///
/// In a form, `#` stands for a drawn digit.
public enum Country {
  DE("de", "EU", "+49 30 23125 ###", "DE", "##################"),
  FR("fr", "EU", "+33 1 99 00 ## ##", "FR", "#######################"),
  ES("es", "EU", "+34 600 ### ###", "ES", "####################"),
  IT("it", "EU", "+39 06 5550 ####", "IT", "X######################"),
  PL("pl", "EU", "+48 22 555 ## ##", "PL", "########################"),
  SE("sv-SE", "EU", "+46 8 465 004 ##", "SE", "####################"),
  GR("el-GR", "EU", "+30 21 0555 ####", "GR", "#######################"),
  US("en-US", "US", "(2##) 555-01##", "", "");

  private final Locale locale;
  private final String region;
  private final String phoneForm;
  private final String ibanCountry;
  private final String accountForm;

  Country(
      String language, String region, String phoneForm, String ibanCountry, String accountForm) {
    this.locale = Locale.forLanguageTag(language);
    this.region = region;
    this.phoneForm = phoneForm;
    this.ibanCountry = ibanCountry;
    this.accountForm = accountForm;
  }

  /// `EU` or `US`.
  public String region() {
    return region;
  }

  /// Two letters (ISO 639-1).
  public String language() {
    return locale.getLanguage();
  }

  Locale locale() {
    return locale;
  }

  String phoneForm() {
    return phoneForm;
  }

  String ibanCountry() {
    return ibanCountry;
  }

  String accountForm() {
    return accountForm;
  }
}
