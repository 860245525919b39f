package dev.remit.catalog.classify.text;

import java.util.List;

/// Number ranges of the card schemes (ISO/IEC 7812 issuer identification numbers as the schemes
/// publish them) with the lengths they issue.
final class CardIssuers {
  /// Numbers whose leading digits, as many as `low` has, lie in `[low, high]`.
  private record Range(String low, String high, int shortest, int longest) {
    boolean covers(String digits) {
      String prefix = digits.substring(0, low.length());
      return digits.length() >= shortest
          && digits.length() <= longest
          && prefix.compareTo(low) >= 0
          && prefix.compareTo(high) <= 0;
    }
  }

  private static final List<Range> RANGES =
      List.of(
          new Range("34", "34", 15, 15),
          new Range("37", "37", 15, 15),
          new Range("51", "55", 16, 16),
          new Range("2221", "2720", 16, 16),
          new Range("300", "305", 14, 14),
          new Range("3095", "3095", 14, 14),
          new Range("36", "36", 14, 19),
          new Range("38", "39", 14, 14),
          new Range("3528", "3589", 16, 19),
          new Range("1800", "1800", 15, 15),
          new Range("2131", "2131", 15, 15),
          new Range("6011", "6011", 16, 19),
          new Range("644", "649", 16, 19),
          new Range("65", "65", 16, 19),
          new Range("62", "62", 16, 19),
          new Range("2200", "2204", 16, 19),
          new Range("50", "50", 12, 19),
          new Range("56", "58", 12, 19),
          new Range("63", "63", 12, 19),
          new Range("67", "67", 12, 19));

  private CardIssuers() {}

  /// Whether some scheme issues numbers like this one.
  static boolean issue(String digits) {
    if (digits.charAt(0) == '4') {
      return digits.length() == 13 || digits.length() == 16 || digits.length() == 19;
    }
    return RANGES.stream().anyMatch(range -> range.covers(digits));
  }
}
