package dev.remit.examples.crm.people;

import java.math.BigInteger;

/// Check digits, so that invented numbers look true to every validator.
public final class CheckDigits {
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

  private CheckDigits() {}

  /// The IBAN of a country's basic account number (ISO 13616, check digits by ISO 7064 mod 97-10).
  public static String iban(String country, String account) {
    StringBuilder number = new StringBuilder();
    for (char symbol : (account + country + "00").toCharArray()) {
      number.append(Character.digit(symbol, 36));
    }
    int check = 98 - new BigInteger(number.toString()).mod(NINETY_SEVEN).intValue();
    return country + (check < 10 ? "0" : "") + check + account;
  }

  /// The digits with their Luhn check digit appended (ISO/IEC 7812-1, annex B).
  public static String luhn(String digits) {
    int sum = 0;
    for (int i = digits.length() - 1, weight = 2; i >= 0; i--, weight = 3 - weight) {
      int product = (digits.charAt(i) - '0') * weight;
      sum += product > 9 ? product - 9 : product;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
